### What end users read; en.ftl says for whom and how.

## Choosing a brand

brands-title = Wo möchten Sie sich anmelden?
brands-text = Wählen Sie das Help Center, das Sie besuchen möchten.
# Where there are more than one page shows
brands-search = Nach Namen suchen
brands-search-button = Suchen
brands-cut = Es gibt mehr, als hier gezeigt werden. Suchen Sie nach dem Help Center, das Sie besuchen möchten.
brands-not-found = Kein Help Center hat das in seinem Namen. Bitte versuchen Sie ein anderes Wort, oder öffnen Sie das Help Center, das Sie besuchen möchten, und wählen Sie dort „Anmelden“.
brands-none = Hier gibt es nichts zur Auswahl. Bitte öffnen Sie das Help Center, das Sie besuchen möchten, und wählen Sie dort „Anmelden“.

## Handing over to Zendesk

hand-off-title = Sie werden bei { $brand } angemeldet …
hand-off-text = Das dauert nur einen Moment.
hand-off-by-hand = Wenn nichts geschieht, drücken Sie bitte die Schaltfläche.
hand-off-button = Anmeldung abschließen
hand-off-over-title = Sie sind auf einer früheren Seite
hand-off-over-text = Hier ist nichts mehr zu tun. Sie können direkt weitergehen.
hand-off-over-link = Weiter zu { $brand }

# While the sign-in of a company's own page goes on
ticket-title = Sie werden angemeldet …
ticket-scripts-title = Dieser Schritt braucht JavaScript
ticket-scripts = In Ihrem Browser ist es ausgeschaltet. Bitte schalten Sie es ein, und melden Sie sich dann vom Help Center aus noch einmal an.

## Asking before signing in

confirm-title = Weiter zu { $brand } als { $email }?
confirm-sent-by = Wir fragen, weil Sie von einer anderen Website auf diese Seite gekommen sind:
confirm-from-unknown = Wir fragen, weil Ihr Browser uns nicht sagt, von welcher Website Sie kommen.
confirm-from-no-page = Wir fragen, weil Sie nicht vom Help Center kommen, sondern über eine eigene Adresse, etwa ein Lesezeichen oder einen Link in einer Nachricht.
confirm-again = Wir fragen, weil hier vor wenigen Minuten jemand gesagt hat, nicht die Person zu sein, die dort angemeldet ist.
confirm-code-hint = Wenn diese Frage jedes Mal kommt, nennen Sie dem Support bitte diesen Code.
confirm-advice = Gehen Sie nur weiter, wenn das Ihre Adresse ist und Sie sich gerade selbst angemeldet haben. Sonst könnte in Ihrem Browser das Konto einer anderen Person geöffnet werden.
confirm-button = Weiter
confirm-not-me = Das bin ich nicht

## Somebody is not who the site says they are

not-me-title = Bitte melden Sie sich zuerst dort ab
not-me-text = Auf der Website, auf der die Konten geführt werden, ist jemand angemeldet, und wir können die Abmeldung nicht für Sie übernehmen.
not-me-site = Öffnen Sie die Website:
not-me-sign-out = Melden Sie sich dort ab.
not-me-return = Kommen Sie auf diese Seite zurück, und melden Sie sich mit Ihrem eigenen Konto an.
not-me-again = Mit eigenem Konto anmelden

# Shown for a moment, and only where a browser runs no scripts
onward-link = Weiter zur Anmeldeseite

## Signed out

signed-out-title = Sie sind abgemeldet
signed-out-text = Vielen Dank für Ihren Besuch. Wenn auch andere dieses Gerät benutzen, schließen Sie bitte außerdem alle Fenster Ihres Browsers.
signed-out-home-of = Zurück zu { $brand }

## The front page

home-title = Das ist ein Anmeldedienst
home-text = Er bringt Menschen von einem Help Center zur richtigen Anmeldeseite und wieder zurück.
home-advice = Hier ist nichts zu tun. Um sich anzumelden, öffnen Sie bitte das Help Center, das Sie besuchen möchten, und wählen Sie dort „Anmelden“.

## What every error page has

error-code = Code
error-code-hint = Wenn Sie um Hilfe bitten, nennen Sie bitte diesen Code. Mit ihm können wir herausfinden, was geschehen ist.
error-parameter = Der Teil der Adresse, den wir meinen, heißt „{ $parameter }“.
error-support = Support von { $brand } kontaktieren
action-start-again = Neu beginnen
action-continue = Weiter zum Help Center
action-home = Zum Help Center
action-choose = Ein Help Center wählen
action-registered = Zu der Website, auf der Sie sich registriert haben
action-try-again = Noch einmal versuchen

## The request itself

error-malformed-request-title = Dieser Link ist beschädigt
error-malformed-request-text = Die Adresse, die Sie hierher geführt hat, ist unvollständig, zu lang oder wurde unterwegs verändert. Bitte gehen Sie zurück zum Help Center, und melden Sie sich von dort aus an.
error-return-to-refused-title = Dieser Link führt woandershin
error-return-to-refused-text = Der Link soll Sie auf eine Website bringen, die nicht zu diesem Help Center gehört. Deshalb haben wir abgebrochen. Bitte öffnen Sie das Help Center selbst, und melden Sie sich von dort aus an.
error-return-to-miswritten-title = Dieser Link ist nicht richtig geschrieben
error-return-to-miswritten-text = Er führt zu einer Seite des Help Centers, aber seine Adresse ist falsch geschrieben: Vielleicht enthält sie ein Leerzeichen, oder sie beginnt mit „http:“. Bitte öffnen Sie das Help Center selbst, und melden Sie sich von dort aus an.
error-unknown-brand-title = Wir kennen dieses Help Center nicht
error-unknown-brand-text = Der Link sagt nicht, bei welchem Help Center Sie sich anmelden möchten, oder nennt eines, das hier nicht eingerichtet ist. Bitte gehen Sie zurück zum Help Center, und melden Sie sich von dort aus an.
error-no-token-title = Die Anmeldung ist nicht angekommen
error-no-token-text = Die Anmeldeseite hat Sie zurückgeschickt, ohne zu sagen, wer Sie sind. Bitte beginnen Sie vom Help Center aus neu.
error-token-too-large-title = Die Anmeldung ist zu groß
error-token-too-large-text = Die Anmeldeseite hat mehr über Sie geschickt, als wir annehmen können. Ein neuer Versuch hilft nicht: Bitte wenden Sie sich an den Support.
error-body-too-large-title = Das war zu viel auf einmal
error-body-too-large-text = Ihr Browser hat mehr geschickt, als diese Seite annehmen kann. Bitte beginnen Sie vom Help Center aus neu, und wenden Sie sich an den Support, wenn es wieder geschieht.
error-address-too-long-title = Dieser Link ist zu lang
error-address-too-long-text = Die Adresse, die Sie hierher geführt hat, ist länger, als wir annehmen können. Bitte öffnen Sie die Startseite des Help Centers, und melden Sie sich von dort aus an.
error-headers-too-large-title = Ihr Browser hat zu viel geschickt
error-headers-too-large-text = Ihr Browser bewahrt für diese Seite mehr Cookies auf, als sie annehmen kann. Bitte löschen Sie die Cookies dieser Website, und melden Sie sich dann vom Help Center aus noch einmal an.
error-request-too-slow-title = Das hat zu lange gedauert
error-request-too-slow-text = Die Verbindung war zu langsam, um zu lesen, was Ihr Browser wollte. Bitte versuchen Sie es noch einmal.
error-wrong-content-type-title = Das können wir nicht lesen
error-wrong-content-type-text = Die Anmeldeseite hat ihre Antwort in einer Form geschickt, die wir nicht verstehen. Ein neuer Versuch hilft nicht: Bitte wenden Sie sich an den Support.
error-post-invalid-title = Die Anmeldeseite hat etwas Falsches geschickt
error-post-invalid-text = Sie hat etwas weggelassen oder in einer Form geschickt, die wir nicht verstehen. Niemand wurde angemeldet. Ein neuer Versuch hilft nicht: Bitte wenden Sie sich an den Support.
error-method-not-allowed-title = Das geht hier nicht
error-method-not-allowed-text = Diese Adresse kann nicht so benutzt werden, wie Ihr Browser es gerade versucht hat. Bitte gehen Sie zurück zum Help Center, und melden Sie sich von dort aus an.
error-not-found-title = Hier ist nichts
error-not-found-text = Die Adresse ist vielleicht falsch geschrieben oder veraltet. Um sich anzumelden, öffnen Sie bitte das Help Center, und wählen Sie dort „Anmelden“.
error-prefetch-title = Noch nicht
error-prefetch-text = Ihr Browser wollte diese Seite laden, bevor Sie darum gebeten haben. Es ist nichts geschehen. Um sich jetzt anzumelden, beginnen Sie bitte vom Help Center aus neu.

## The sign-in that the browser has begun

error-flow-missing-title = Wir finden Ihre Anmeldung nicht
error-flow-missing-text = Sie wurde vielleicht in einem anderen Browser oder vor mehr als einer Stunde begonnen, oder Ihr Browser blockiert Cookies. Bitte erlauben Sie Cookies für diese Website, und beginnen Sie vom Help Center aus neu.
error-flow-expired-title = Ihre Anmeldung hat zu lange gedauert
error-flow-expired-text = Zu Ihrer Sicherheit muss eine Anmeldung innerhalb einer Stunde abgeschlossen sein. Bitte beginnen Sie neu.
error-flow-used-title = Diese Anmeldung ist schon abgeschlossen
error-flow-used-text = Jede Anmeldung gilt einmal, und diese wurde schon benutzt. Wahrscheinlich sind Sie angemeldet: Gehen Sie weiter zum Help Center, oder beginnen Sie neu.
error-flow-altered-title = Wir können Ihre Anmeldung nicht mehr lesen
error-flow-altered-text = Dieser Dienst wurde neu gestartet, während Sie sich angemeldet haben, oder was Ihr Browser aufbewahrt hat, wurde verändert. Bitte melden Sie sich vom Help Center aus noch einmal an.
error-flow-foreign-title = Diese Anmeldung gehört zu einer anderen Website
error-flow-foreign-text = Sie haben sich auf einer Website anmelden wollen, und die Antwort kam von einer anderen. Das kommt vor, wenn mehrere Fenster offen sind. Bitte beginnen Sie vom Help Center aus neu, und bleiben Sie im selben Fenster.
error-flow-outdated-title = Die Anmeldung hat sich gerade geändert
error-flow-outdated-text = Während Sie sich angemeldet haben, wurde der Weg der Anmeldung hier geändert. Bitte beginnen Sie vom Help Center aus neu.

## What the sign-in page says about the person

error-assertion-unreadable-title = Wir können Ihre Anmeldung nicht lesen
error-assertion-unreadable-text = Die Anmeldeseite hat eine Antwort geschickt, die beschädigt oder unvollständig ist. Bitte beginnen Sie neu, und wenden Sie sich an den Support, wenn es wieder geschieht.
error-assertion-algorithm-title = Die Anmeldeseite ist nicht richtig eingerichtet
error-assertion-algorithm-text = Sie unterschreibt ihre Antworten auf eine Weise, die nicht vereinbart ist. Deshalb haben wir abgebrochen. Ein neuer Versuch hilft nicht: Bitte wenden Sie sich an den Support.
error-assertion-signature-title = Wir können Ihre Anmeldung nicht bestätigen
error-assertion-signature-text = Die Antwort der Anmeldeseite ist nicht so unterschrieben, wie sie sein sollte. Deshalb wurde niemand angemeldet. Bitte beginnen Sie neu, und wenden Sie sich an den Support, wenn es wieder geschieht.
error-assertion-too-old-title = Ihre Anmeldung ist veraltet
error-assertion-too-old-text = Mehr als drei Minuten sind vergangen, bis die Antwort der Anmeldeseite uns erreicht hat. Bitte beginnen Sie neu.
error-assertion-from-the-future-title = Eine Uhr geht falsch
error-assertion-from-the-future-text = Nach ihrer eigenen Uhr hat die Anmeldeseite in der Zukunft geantwortet. Bitte versuchen Sie es in einigen Minuten noch einmal, und wenden Sie sich an den Support, wenn das nicht hilft.
error-assertion-invalid-title = In Ihrer Anmeldung fehlt etwas
error-assertion-invalid-text = Die Anmeldeseite hat etwas weggelassen, das gebraucht wird, oder in der falschen Form geschickt. Ein neuer Versuch hilft nicht: Bitte wenden Sie sich an den Support.
error-assertion-audience-title = Diese Anmeldung ist für einen anderen Dienst
error-assertion-audience-text = Die Antwort der Anmeldeseite ist nicht an uns gerichtet. Deshalb haben wir abgebrochen. Bitte beginnen Sie neu, und wenden Sie sich an den Support, wenn es wieder geschieht.
error-session-expired-title = Sie sind dort nicht mehr angemeldet
error-session-expired-text = Ihre Anmeldung auf der Website, auf der Sie Ihr Konto haben, ist abgelaufen. Bitte beginnen Sie neu, und melden Sie sich dort noch einmal an.
error-session-key-unknown-title = Wir können Ihre Anmeldung noch nicht bestätigen
error-session-key-unknown-text = Die Website, auf der Sie Ihr Konto haben, hat sie auf eine Weise unterschrieben, die wir nicht kennen. Vielleicht hat sie das gerade geändert: Bitte beginnen Sie in einer Minute neu, und wenden Sie sich an den Support, wenn es wieder geschieht.
error-session-issuer-title = Diese Anmeldung kommt von einem anderen Dienst
error-session-issuer-text = Sie stammt nicht von der Website, bei der man sich hier anmeldet. Deshalb haben wir abgebrochen. Bitte beginnen Sie neu, und wenden Sie sich an den Support, wenn es wieder geschieht.
error-session-other-project-title = Diese Anmeldung ist für etwas anderes
error-session-other-project-text = Sie sind für ein anderes Spiel oder eine andere Website desselben Unternehmens angemeldet. Das zählt hier nicht. Bitte beginnen Sie neu, und wenden Sie sich an den Support, wenn es wieder geschieht.
error-session-ambiguous-title = Ihr Browser hat zwei Anmeldungen geschickt
error-session-ambiguous-text = Sie sind verschieden, und wir können nicht sagen, welche Ihre ist. Bitte melden Sie sich auf der Website ab, auf der Sie Ihr Konto haben, löschen Sie die Cookies dieser Website, und beginnen Sie neu.
error-other-address-title = Das ist dafür nicht die richtige Adresse
error-other-address-text = Was Sie suchen, liegt unter einer anderen unserer Adressen. Bitte versuchen Sie es dort noch einmal, oder öffnen Sie das Help Center, und wählen Sie dort „Anmelden“.
error-other-backend-title = Dieser Link gehört zu einer anderen Art der Anmeldung
error-other-backend-text = Die Adresse, die Sie hierher geführt hat, passt nicht zu dem Help Center, das Sie besuchen möchten. Bitte beginnen Sie neu.
error-assertion-used-title = Diese Anmeldung wurde schon benutzt
error-assertion-used-text = Jede Anmeldung gilt einmal. Vielleicht haben Sie die Seite neu geladen oder sind zu ihr zurückgegangen. Wenn Sie noch nicht angemeldet sind, beginnen Sie bitte neu.

## Who may sign in

error-address-reserved-title = Mit Ihrer Adresse meldet man sich anderswo an
error-address-reserved-text = Wer eine E-Mail-Adresse wie Ihre hat, meldet sich auf einem anderen Weg an, nicht über diese Seite. Wenn Sie nicht wissen, auf welchem, fragen Sie bitte den Support.
error-person-denied-title = Sie können sich hier nicht anmelden
error-person-denied-text = Dieses Konto ist gesperrt. Ein weiterer Versuch hilft nicht: Wenn Sie das für einen Irrtum halten, wenden Sie sich bitte an den Support.
error-address-not-allowed-title = Ihre Adresse kann hier nicht benutzt werden
error-address-not-allowed-text = Nur bestimmte E-Mail-Adressen können sich hier anmelden, und Ihre gehört nicht dazu. Bitte melden Sie sich mit einer anderen an, oder fragen Sie den Support.
error-email-invalid-title = Ihre E-Mail-Adresse ist ungültig
error-email-invalid-text = Die Anmeldeseite hat uns eine E-Mail-Adresse geschickt, die nicht stimmen kann. Bitte prüfen Sie die Adresse in Ihrem Konto, und beginnen Sie dann neu.
error-email-missing-title = Ihr Konto hat keine E-Mail-Adresse
error-email-missing-text = Das Help Center erkennt Menschen an ihrer E-Mail-Adresse, und die Website, auf der Sie Ihr Konto haben, hat uns Ihre nicht genannt. Bitte tragen Sie dort in Ihrem Konto eine ein, und beginnen Sie dann neu.
error-email-proof-missing-title = Wir wissen nicht, ob die E-Mail-Adresse Ihnen gehört
error-email-proof-missing-text = Die Website, auf der Sie Ihr Konto haben, sagt nicht, ob Ihre E-Mail-Adresse bestätigt ist. Nur der Support kann das in Ordnung bringen: Bitte sagen Sie dort Bescheid, und beginnen Sie dann neu.
error-email-unverified-title = Bitte bestätigen Sie zuerst Ihre E-Mail-Adresse
error-email-unverified-text = Wir selbst haben Ihnen nichts geschickt: Suchen Sie nach einer Nachricht der Website, auf der Sie Ihr Konto haben, folgen Sie dem Link darin, und beginnen Sie dann neu.
error-external-id-missing-title = Ihre Kontonummer fehlt
error-external-id-missing-text = Die Anmeldeseite hat uns nicht gesagt, welches Konto Ihres ist. Nur der Support kann das in Ordnung bringen: Bitte sagen Sie dort Bescheid, und beginnen Sie dann neu.
error-external-id-not-allowed-title = Ihr Konto konnte nicht zugeordnet werden
error-external-id-not-allowed-text = Die Anmeldeseite dieser Marke hat eine Kundennummer genannt, die sie hier nicht benutzen darf. Bitte nennen Sie dem Support den Code unten: Dort kann man es in Ordnung bringen.
error-role-not-allowed-title = Dieses Konto kann sich hier nicht anmelden
error-role-not-allowed-text = Die Anmeldeseite hat Rechte verlangt, die sie nicht vergeben darf. Deshalb haben wir abgebrochen. Ein neuer Versuch hilft nicht: Bitte wenden Sie sich an den Support.
error-attribute-not-allowed-title = Diese Anmeldung sagt mehr, als sie darf
error-attribute-not-allowed-text = Die Anmeldeseite hat uns etwas über Sie gesagt, das sie nicht bestimmen darf. Deshalb haben wir abgebrochen. Ein neuer Versuch hilft nicht: Bitte wenden Sie sich an den Support.
error-confirmation-refused-title = Diese Antwort zählt nicht
error-confirmation-refused-text = Sie kam zu spät, wurde schon gegeben oder kam nicht von unserer eigenen Seite. Sie hat jetzt niemanden angemeldet. Bitte beginnen Sie neu.
error-closed-title = Die Anmeldung ist geschlossen
error-closed-text = Hier kann sich zurzeit niemand anmelden. Wer das Help Center betreibt, schreibt dazu:
error-loop-title = Sie drehen sich im Kreis
error-loop-text = Ihr Browser hat innerhalb einer Minute viele Male versucht, Sie an- oder abzumelden. Deshalb haben wir ihn angehalten. Bitte prüfen Sie, ob Ihr Browser Cookies erlaubt, warten Sie eine Minute, und beginnen Sie neu. Wenn das nicht hilft, wenden Sie sich bitte an den Support.
error-origin-refused-title = Diese Anmeldeseite ist hier nicht bekannt
error-origin-refused-text = Die Seite, die Ihre Anmeldung geschickt hat, gehört nicht zu denen, von denen wir Anmeldungen annehmen. Deshalb haben wir abgebrochen. Bitte öffnen Sie das Help Center, und wählen Sie dort „Anmelden“.

## The form for an email address and a password

sign-in-title = Bei { $brand } anmelden
# The title of a form that is shown again because something in it was wrong
problem-title = Fehler: { $title }
sign-in-email = E-Mail-Adresse
sign-in-password = Passwort
password-show = Passwort anzeigen
password-hide = Passwort verbergen
sign-in-button = Anmelden
sign-in-forgot = Passwort vergessen?
sign-in-register = Konto erstellen
action-reset-password = Neues Passwort wählen

## What may be asked for after the password

challenge-button = Weiter
challenge-start-over = Von vorn beginnen
new-password-title = Wählen Sie ein neues Passwort
new-password-text = Sie haben sich mit einem Passwort angemeldet, das ersetzt werden muss. Am besten ist ein langes mit großen und kleinen Buchstaben, Ziffern und Zeichen.
new-password-label = Neues Passwort
new-password-repeated = Neues Passwort, noch einmal
code-title = Geben Sie Ihren Code ein
code-by-sms-text = Wir haben Ihnen eine SMS mit einem Code geschickt.
code-by-email-text = Wir haben Ihnen eine E-Mail mit einem Code geschickt. Es kann eine Minute dauern, bis sie ankommt.
code-by-authenticator-text = Öffnen Sie Ihre Authenticator-App, und geben Sie den Code ein, den sie für dieses Konto zeigt.
code-label = Code
method-title = Wie möchten Sie Ihren Code bekommen?
method-text = Wir brauchen außer Ihrem Passwort noch einen Code, um sicher zu sein, dass Sie es sind.
method-label = Code bekommen
method-sms = Per SMS
method-email = Per E-Mail
method-authenticator = Aus meiner Authenticator-App
attribute-name = Vollständiger Name
attribute-given-name = Vorname
attribute-middle-name = Zweiter Vorname
attribute-family-name = Nachname
attribute-nickname = Spitzname
attribute-preferred-username = Benutzername
attribute-email = E-Mail-Adresse
attribute-phone-number = Telefonnummer, etwa +4915112345678
attribute-address = Anschrift
attribute-birthdate = Geburtsdatum
attribute-gender = Geschlecht
attribute-locale = Sprache, etwa de-DE
attribute-zoneinfo = Zeitzone, etwa Europe/Berlin
attribute-picture = Adresse eines Bildes
attribute-profile = Adresse einer Profilseite
attribute-website = Website

error-wrong-password-title = Sie wurden nicht angemeldet
error-wrong-password-text = Die E-Mail-Adresse oder das Passwort stimmt nicht. Bitte prüfen Sie beides, und versuchen Sie es noch einmal.
error-account-unconfirmed-title = Bitte bestätigen Sie zuerst Ihr Konto
error-account-unconfirmed-text = Sie haben ein Konto, aber es ist noch nicht bestätigt. Suchen Sie nach der Nachricht, die Sie bei der Registrierung bekommen haben, tun Sie, was darin steht, und beginnen Sie dann neu.
error-password-reset-required-title = Ihr Passwort muss ersetzt werden
error-password-reset-required-text = Ihr altes Passwort gilt nicht mehr. Bitte wählen Sie ein neues, und beginnen Sie dann neu.
error-too-many-requests-title = Zu viele Anfragen
error-too-many-requests-text = Aus Ihrem Netz kamen in kurzer Zeit sehr viele Anfragen. Es ist nichts verloren: Bitte warten Sie einen Moment, und beginnen Sie neu.
error-too-many-attempts-title = Zu viele Versuche
error-too-many-attempts-text = Jemand hat zu oft versucht, sich bei diesem Konto anzumelden. Es ist nichts verloren: Bitte warten Sie eine Viertelstunde, und beginnen Sie dann neu.
error-wrong-code-title = Dieser Code funktioniert nicht
code-sent-wrong = Der Code ist falsch oder wurde schon benutzt. Bitte prüfen Sie ihn, und versuchen Sie es noch einmal, oder wählen Sie „Von vorn beginnen“, um einen neuen zu bekommen.
error-wrong-code-text = Der Code ist falsch oder wurde schon benutzt. Bitte warten Sie auf den nächsten, oder prüfen Sie diesen, und versuchen Sie es noch einmal.
error-code-expired-title = Dieser Code ist abgelaufen
error-code-expired-text = Ein Code gilt nur einige Minuten. Bitte wählen Sie „Von vorn beginnen“, um einen neuen zu bekommen.
error-second-step-missing-title = Ihr Konto braucht einen zweiten Schritt
error-second-step-missing-text = Ein Passwort allein genügt hier nicht, und Ihr Konto hat noch nichts anderes. Bitte richten Sie dort, wo Sie sich registriert haben, einen zweiten Schritt ein, etwa eine Authenticator-App. Beginnen Sie dann neu.
error-new-password-refused-title = Bitte wählen Sie ein anderes Passwort
error-new-password-refused-text = Dieses Passwort ist zu kurz oder zu einfach, oder Sie hatten es schon einmal. Bitte wählen Sie ein anderes.
error-passwords-differ-title = Die Passwörter sind verschieden
error-passwords-differ-text = Sie haben zwei verschiedene Passwörter eingegeben. Bitte geben Sie zweimal dasselbe ein.
error-attribute-refused-title = Bitte prüfen Sie Ihre Eingaben
error-attribute-refused-text = Etwas fehlt, ist nicht so geschrieben, wie es sein soll, oder gehört zu einem anderen Konto. Bitte prüfen Sie Ihre Eingaben, und versuchen Sie es noch einmal.
error-challenge-over-title = Das hat zu lange gedauert
error-challenge-over-text = Zu Ihrer Sicherheit ist für diesen Schritt nur wenig Zeit, und er gilt nur einmal. Bitte melden Sie sich noch einmal an.
error-form-refused-title = Diesem Formular ist nicht zu trauen
error-form-refused-text = Es kam nicht von unserer eigenen Seite oder nicht aus diesem Browser. Niemand wurde angemeldet. Bitte beginnen Sie neu.
error-ticket-refused-title = Dieser Link funktioniert nicht
error-ticket-refused-text = Er ist beschädigt oder wurde für jemand anderen gemacht. Niemand wurde angemeldet. Bitte gehen Sie zurück zum Help Center, und melden Sie sich von dort aus an.
error-ticket-expired-title = Ihre Anmeldung hat zu lange gedauert
error-ticket-expired-text = Zu Ihrer Sicherheit gilt dieser Link nur eine Minute. Bitte gehen Sie zurück zum Help Center, und melden Sie sich noch einmal an.

## What the script of a company’s own sign-in page is told. Whoever wrote it reads this.

post-unreadable = Der Inhalt der Anfrage muss ein einziges JSON-Objekt oder ein einziges Formular sein, in dem jeder Name einmal steht.
post-field-missing = Im Inhalt der Anfrage fehlt „{ $field }“.
post-field-invalid = Was der Inhalt der Anfrage als „{ $field }“ hat, gehört nicht dorthin.

## What is out of order

error-store-unavailable-title = Die Anmeldung ist gerade nicht möglich
error-store-unavailable-text = Ein Teil unseres Dienstes funktioniert nicht. Es liegt nicht an Ihnen, und niemand wurde angemeldet. Bitte versuchen Sie es in einigen Minuten noch einmal.
error-too-many-from-backend-title = Zu viele Anmeldungen auf einmal
error-too-many-from-backend-text = Von der Anmeldeseite dieses Help Centers kommen viel mehr Anmeldungen als sonst, und wir können Ihre gerade nicht annehmen. Es liegt nicht an Ihnen, und niemand wurde angemeldet. Bitte versuchen Sie es in fünf Minuten noch einmal, und wenden Sie sich an den Support, wenn es wieder geschieht.
error-too-many-from-network-title = Zu viele Anmeldungen aus Ihrem Netzwerk
error-too-many-from-network-text = Aus dem Netzwerk, in dem Sie sind, kommen viel mehr Anmeldungen als sonst, und wir können Ihre gerade nicht annehmen. Niemand wurde angemeldet. Bitte warten Sie fünf Minuten, und beginnen Sie dann neu, oder benutzen Sie ein anderes Netzwerk.
error-internal-title = Etwas ist schiefgegangen
error-internal-text = Der Fehler liegt bei uns, nicht bei Ihnen. Bitte versuchen Sie es in einigen Minuten noch einmal, und wenden Sie sich an den Support, wenn es wieder geschieht.

## What Zendesk reports at the remote logout address

error-zendesk-invalid-request-title = Das Help Center hat die Anmeldung nicht angenommen
error-zendesk-invalid-request-text = Die Anmeldung kam an der falschen Stelle an. Niemand wurde abgemeldet. Bitte beginnen Sie neu, und wenden Sie sich an den Support, wenn es wieder geschieht.
error-zendesk-signature-title = Das Help Center konnte die Anmeldung nicht bestätigen
error-zendesk-signature-text = Die Anmeldung ist zwischen uns und dem Help Center nicht richtig eingerichtet. Niemand wurde abgemeldet. Ein neuer Versuch hilft nicht: Bitte wenden Sie sich an den Support.
error-zendesk-not-allowed-title = Ihre Adresse kann hier nicht benutzt werden
error-zendesk-not-allowed-text = Das Help Center nimmt keine Registrierung mit Ihrer E-Mail-Adresse an. Niemand wurde abgemeldet. Bitte melden Sie sich mit einer anderen Adresse an, oder fragen Sie den Support.
error-zendesk-token-used-title = Diese Anmeldung wurde schon benutzt
error-zendesk-token-used-text = Das Help Center nimmt jede Anmeldung einmal an. Niemand wurde abgemeldet, und wahrscheinlich sind Sie angemeldet: Gehen Sie weiter zum Help Center, oder beginnen Sie neu.
error-zendesk-clock-title = Ihre Anmeldung hat zu lange gedauert
error-zendesk-clock-text = Sie war veraltet, als sie das Help Center erreichte. Niemand wurde abgemeldet. Bitte beginnen Sie neu, und wenden Sie sich an den Support, wenn es wieder geschieht.
error-zendesk-rate-limit-title = Zu viele Menschen auf einmal
error-zendesk-rate-limit-text = Das Help Center nimmt nur eine bestimmte Zahl von Anmeldungen gleichzeitig an. Niemand wurde abgemeldet. Bitte warten Sie eine Minute, und versuchen Sie es noch einmal.
error-zendesk-external-id-title = Ihr Konto gibt es zweimal
error-zendesk-external-id-text = Das Help Center kennt Ihre E-Mail-Adresse schon mit einer anderen Kontonummer oder Ihre Kontonummer mit einer anderen E-Mail-Adresse. Niemand wurde abgemeldet. Nur der Support kann das in Ordnung bringen: Bitte sagen Sie dort Bescheid.
error-zendesk-unreadable-title = Das Help Center konnte die Anmeldung nicht lesen
error-zendesk-unreadable-text = Sie kam nicht vollständig an. Niemand wurde abgemeldet. Bitte beginnen Sie neu, und wenden Sie sich an den Support, wenn es wieder geschieht.
error-zendesk-unknown-title = Das Help Center hat Sie nicht angemeldet
error-zendesk-unknown-text = Es hat keinen Grund genannt, den wir kennen. Niemand wurde abgemeldet. Bitte versuchen Sie es noch einmal, und wenden Sie sich an den Support, wenn es wieder geschieht.
error-backend-denied-title = Sie wurden nicht angemeldet
error-backend-denied-text = Die Anmeldeseite hat abgelehnt, oder Sie haben sie verlassen, bevor Sie fertig waren. Bitte versuchen Sie es noch einmal. Wenn es immer wieder geschieht, nennen Sie dem Support den Code unten.
error-backend-unproven-title = Wir können Ihre Anmeldung nicht bestätigen
error-backend-unproven-text = Was die Anmeldeseite zurückgeschickt hat, gehört nicht zu dieser Anmeldung oder stammt nicht wirklich von ihr. Niemand wurde angemeldet. Bitte beginnen Sie neu. Wenn es immer wieder geschieht, nennen Sie dem Support den Code unten.
error-backend-again-title = Bitte melden Sie sich noch einmal an
error-backend-again-text = Die Anmeldeseite konnte nicht zu Ende kommen: Vielleicht haben Sie länger gewartet, oder sie ist gerade überlastet. Bitte beginnen Sie neu. Wenn es immer wieder geschieht, nennen Sie dem Support den Code unten.
error-backend-over-title = Diese Anmeldung ist vorbei
error-backend-over-text = Was die Anmeldeseite zurückgeschickt hat, wurde schon benutzt oder war zu lange unterwegs. Bitte beginnen Sie neu.
error-backend-unavailable-title = Die Anmeldung ist gerade nicht verfügbar
error-backend-unavailable-text = Das System, das Ihr Konto kennt, antwortet nicht. Bitte versuchen Sie es in einigen Minuten noch einmal.
