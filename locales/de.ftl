### What end users read; en.ftl says for whom and how.

## Choosing a brand

brands-title = Wo möchten Sie sich anmelden?
brands-text = Wählen Sie das Help Center, das Sie besuchen möchten.
# Where there are more than one page shows
brands-search = Nach Namen suchen
brands-search-button = Suchen
brands-before = Vorherige Seite
brands-after = Nächste Seite
brands-not-found = Kein Help Center hat das im Namen. Bitte versuchen Sie es mit einem anderen Wort, oder öffnen Sie das Help Center, das Sie besuchen möchten, und wählen Sie dort „Anmelden“.
brands-none = Hier gibt es nichts zur Auswahl. Bitte öffnen Sie das Help Center, das Sie besuchen möchten, und wählen Sie dort „Anmelden“.

## Handing over to Zendesk

hand-off-title = Sie werden bei { $brand } angemeldet …
hand-off-text = Das dauert nur einen Moment.
hand-off-by-hand = Wenn nichts passiert, drücken Sie bitte auf die Schaltfläche.
hand-off-button = Anmeldung abschließen
hand-off-over-title = Sie sind zu einer früheren Seite zurückgekehrt
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
confirm-from-no-page = Wir fragen, weil Sie nicht vom Help Center kommen, sondern direkt über eine Adresse, etwa über ein Lesezeichen oder einen Link in einer Nachricht.
confirm-again = Wir fragen, weil hier vor ein paar Minuten jemand angegeben hat, nicht die Person zu sein, die dort angemeldet ist.
confirm-code-hint = Wenn diese Frage jedes Mal kommt, nennen Sie dem Support bitte diesen Code.
confirm-advice = Fahren Sie nur fort, wenn das Ihre Adresse ist und Sie sich gerade selbst angemeldet haben. Sonst könnte in Ihrem Browser das Konto einer anderen Person geöffnet werden.
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
signed-out-text = Vielen Dank für Ihren Besuch. Wenn auch andere dieses Gerät verwenden, schließen Sie bitte außerdem alle Fenster Ihres Browsers.
signed-out-home-of = Zurück zu { $brand }

## The front page

home-title = Das ist ein Anmeldedienst
home-text = Er bringt Menschen von einem Help Center zur richtigen Anmeldeseite und wieder zurück.
home-advice = Hier ist nichts zu tun. Um sich anzumelden, öffnen Sie bitte das Help Center, das Sie besuchen möchten, und wählen Sie dort „Anmelden“.

## What every error page has

error-code = Code
error-code-hint = Wenn Sie um Hilfe bitten, nennen Sie bitte diesen Code. Mit ihm können wir herausfinden, was passiert ist.
error-parameter = Der Teil der Adresse, den wir meinen, heißt „{ $parameter }“.
error-support = Support von { $brand } kontaktieren
action-start-again = Von vorn beginnen
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
error-no-token-text = Die Anmeldeseite hat Sie zurückgeschickt, ohne zu sagen, wer Sie sind. Bitte beginnen Sie im Help Center von vorn.
error-token-too-large-title = Die Anmeldung ist zu groß
error-token-too-large-text = Die Anmeldeseite hat mehr Angaben über Sie geschickt, als wir annehmen können. Ein erneuter Versuch hilft nicht: Bitte wenden Sie sich an den Support.
error-body-too-large-title = Das war zu viel auf einmal
error-body-too-large-text = Ihr Browser hat mehr geschickt, als diese Seite annehmen kann. Bitte beginnen Sie im Help Center von vorn, und wenden Sie sich an den Support, wenn es wieder passiert.
error-address-too-long-title = Dieser Link ist zu lang
error-address-too-long-text = Die Adresse, die Sie hierher geführt hat, ist länger, als wir annehmen können. Bitte öffnen Sie die Startseite des Help Centers, und melden Sie sich von dort aus an.
error-headers-too-large-title = Ihr Browser hat zu viel geschickt
error-headers-too-large-text = Ihr Browser hat für diese Seite mehr Cookies gespeichert, als sie annehmen kann. Bitte löschen Sie die Cookies dieser Website, und melden Sie sich dann vom Help Center aus noch einmal an.
error-request-too-slow-title = Das hat zu lange gedauert
error-request-too-slow-text = Die Verbindung war so langsam, dass wir nicht lesen konnten, was Ihr Browser angefordert hat. Bitte versuchen Sie es noch einmal.
error-wrong-content-type-title = Das können wir nicht lesen
error-wrong-content-type-text = Die Anmeldeseite hat ihre Antwort in einer Form geschickt, die wir nicht verstehen. Ein erneuter Versuch hilft nicht: Bitte wenden Sie sich an den Support.
error-post-invalid-title = Die Anmeldeseite hat etwas Falsches geschickt
error-post-invalid-text = Sie hat etwas weggelassen oder in einer Form geschickt, die wir nicht verstehen. Es wurde niemand angemeldet. Ein erneuter Versuch hilft nicht: Bitte wenden Sie sich an den Support.
error-method-not-allowed-title = Das geht hier nicht
error-method-not-allowed-text = Diese Adresse kann nicht so verwendet werden, wie Ihr Browser es gerade versucht hat. Bitte gehen Sie zurück zum Help Center, und melden Sie sich von dort aus an.
error-not-found-title = Hier ist nichts
error-not-found-text = Die Adresse ist vielleicht falsch geschrieben oder veraltet. Um sich anzumelden, öffnen Sie bitte das Help Center, und wählen Sie dort „Anmelden“.
error-prefetch-title = Noch nicht
error-prefetch-text = Ihr Browser wollte diese Seite laden, bevor Sie sie aufgerufen haben. Es ist nichts passiert. Um sich jetzt anzumelden, beginnen Sie bitte im Help Center von vorn.

## The sign-in that the browser has begun

error-flow-missing-title = Wir finden Ihre Anmeldung nicht
error-flow-missing-text = Sie wurde vielleicht in einem anderen Browser oder vor mehr als einem Tag begonnen, oder Ihr Browser blockiert Cookies. Bitte erlauben Sie Cookies für diese Website, und beginnen Sie im Help Center von vorn.
error-flow-expired-title = Ihre Anmeldung hat zu lange gedauert
error-flow-expired-text = Zu Ihrer Sicherheit muss eine Anmeldung innerhalb einer Stunde abgeschlossen sein. Bitte beginnen Sie von vorn.
error-flow-used-title = Diese Anmeldung ist schon abgeschlossen
error-flow-used-text = Jede Anmeldung gilt nur einmal, und diese wurde schon verwendet. Wahrscheinlich sind Sie angemeldet: Gehen Sie weiter zum Help Center, oder beginnen Sie von vorn.
error-flow-altered-title = Wir können Ihre Anmeldung nicht mehr lesen
error-flow-altered-text = Dieser Dienst wurde neu gestartet, während Sie sich angemeldet haben, oder die in Ihrem Browser gespeicherten Daten wurden verändert. Bitte melden Sie sich vom Help Center aus noch einmal an.
error-flow-foreign-title = Diese Anmeldung gehört zu einer anderen Website
error-flow-foreign-text = Sie haben die Anmeldung auf einer Website begonnen, und die Antwort kam von einer anderen. Das kommt vor, wenn mehrere Fenster offen sind. Bitte beginnen Sie im Help Center von vorn, und bleiben Sie im selben Fenster.
error-flow-outdated-title = Sie melden sich jetzt anders an
error-flow-outdated-text = Während Ihrer Anmeldung haben sich unsere Einstellungen oder Ihr Netzwerk geändert. Bitte beginnen Sie im Help Center von vorn.

## What the sign-in page says about the person

error-assertion-unreadable-title = Wir können Ihre Anmeldung nicht lesen
error-assertion-unreadable-text = Die Anmeldeseite hat eine Antwort geschickt, die beschädigt oder unvollständig ist. Bitte beginnen Sie von vorn, und wenden Sie sich an den Support, wenn es wieder passiert.
error-assertion-algorithm-title = Die Anmeldeseite ist nicht richtig eingerichtet
error-assertion-algorithm-text = Sie signiert ihre Antworten auf eine Weise, die nicht vereinbart ist. Deshalb haben wir abgebrochen. Ein erneuter Versuch hilft nicht: Bitte wenden Sie sich an den Support.
error-assertion-signature-title = Wir können Ihre Anmeldung nicht bestätigen
error-assertion-signature-text = Die Antwort der Anmeldeseite ist nicht so signiert, wie sie sein sollte. Deshalb wurde niemand angemeldet. Bitte beginnen Sie von vorn, und wenden Sie sich an den Support, wenn es wieder passiert.
error-assertion-too-old-title = Ihre Anmeldung ist veraltet
error-assertion-too-old-text = Es hat mehr als drei Minuten gedauert, bis die Antwort der Anmeldeseite bei uns angekommen ist. Bitte beginnen Sie von vorn.
error-assertion-from-the-future-title = Eine Uhr geht falsch
error-assertion-from-the-future-text = Nach ihrer eigenen Uhr hat die Anmeldeseite in der Zukunft geantwortet. Bitte versuchen Sie es in einigen Minuten noch einmal, und wenden Sie sich an den Support, wenn das nicht hilft.
error-assertion-invalid-title = In Ihrer Anmeldung fehlt etwas
error-assertion-invalid-text = Die Anmeldeseite hat etwas Notwendiges weggelassen oder in der falschen Form geschickt. Ein erneuter Versuch hilft nicht: Bitte wenden Sie sich an den Support.
error-assertion-audience-title = Diese Anmeldung ist für einen anderen Dienst bestimmt
error-assertion-audience-text = Die Antwort der Anmeldeseite ist nicht an uns gerichtet. Deshalb haben wir abgebrochen. Bitte beginnen Sie von vorn, und wenden Sie sich an den Support, wenn es wieder passiert.
error-session-expired-title = Sie sind dort nicht mehr angemeldet
error-session-expired-text = Ihre Anmeldung auf der Website, auf der Sie Ihr Konto haben, ist abgelaufen. Bitte beginnen Sie von vorn, und melden Sie sich dort noch einmal an.
error-session-key-unknown-title = Wir können Ihre Anmeldung noch nicht bestätigen
error-session-key-unknown-text = Die Website, auf der Sie Ihr Konto haben, hat sie auf eine Weise signiert, die wir nicht kennen. Vielleicht hat sie das gerade geändert: Bitte beginnen Sie in einer Minute von vorn, und wenden Sie sich an den Support, wenn es wieder passiert.
error-session-issuer-title = Diese Anmeldung kommt von einem anderen Dienst
error-session-issuer-text = Sie stammt nicht von der Website, über die man sich hier anmeldet. Deshalb haben wir abgebrochen. Bitte beginnen Sie von vorn, und wenden Sie sich an den Support, wenn es wieder passiert.
error-session-other-project-title = Diese Anmeldung gilt für etwas anderes
error-session-other-project-text = Sie sind bei einem anderen Spiel oder auf einer anderen Website desselben Unternehmens angemeldet. Das zählt hier nicht. Bitte beginnen Sie von vorn, und wenden Sie sich an den Support, wenn es wieder passiert.
error-session-ambiguous-title = Ihr Browser hat zwei Anmeldungen geschickt
error-session-ambiguous-text = Die beiden unterscheiden sich, und wir können nicht erkennen, welche Ihre ist. Bitte melden Sie sich auf der Website ab, auf der Sie Ihr Konto haben, löschen Sie die Cookies dieser Website, und beginnen Sie von vorn.
error-other-address-title = Das ist dafür nicht die richtige Adresse
error-other-address-text = Was Sie suchen, finden Sie unter einer anderen unserer Adressen. Bitte versuchen Sie es dort noch einmal, oder öffnen Sie das Help Center, und wählen Sie dort „Anmelden“.
error-other-backend-title = Dieser Link gehört zu einer anderen Art der Anmeldung
error-other-backend-text = Die Adresse, die Sie hierher geführt hat, passt nicht zu dem Help Center, das Sie besuchen möchten. Bitte beginnen Sie von vorn.
error-assertion-used-title = Diese Anmeldung wurde schon verwendet
error-assertion-used-text = Jede Anmeldung gilt nur einmal. Vielleicht haben Sie die Seite neu geladen oder sind zu ihr zurückgegangen. Wenn Sie noch nicht angemeldet sind, beginnen Sie bitte von vorn.

## Who may sign in

error-address-reserved-title = Mit Ihrer Adresse meldet man sich anderswo an
error-address-reserved-text = Wer eine E-Mail-Adresse wie Ihre hat, meldet sich auf einem anderen Weg an, nicht über diese Seite. Wenn Sie nicht wissen, auf welchem, fragen Sie bitte den Support.
error-person-denied-title = Sie können sich hier nicht anmelden
error-person-denied-text = Dieses Konto ist gesperrt. Ein erneuter Versuch hilft nicht: Wenn Sie das für einen Irrtum halten, wenden Sie sich bitte an den Support.
error-address-not-allowed-title = Ihre Adresse kann hier nicht verwendet werden
error-address-not-allowed-text = Hier kann man sich nur mit bestimmten E-Mail-Adressen anmelden, und Ihre gehört nicht dazu. Bitte melden Sie sich mit einer anderen an, oder fragen Sie den Support.
error-email-invalid-title = Ihre E-Mail-Adresse ist ungültig
error-email-invalid-text = Die Anmeldeseite hat uns eine E-Mail-Adresse geschickt, die nicht stimmen kann. Bitte prüfen Sie die Adresse in Ihrem Konto, und beginnen Sie dann von vorn.
error-email-missing-title = Ihr Konto hat keine E-Mail-Adresse
error-email-missing-text = Das Help Center erkennt Menschen an ihrer E-Mail-Adresse, und die Website, auf der Sie Ihr Konto haben, hat uns Ihre nicht genannt. Bitte tragen Sie dort in Ihrem Konto eine ein, und beginnen Sie dann von vorn.
error-email-proof-missing-title = Wir wissen nicht, ob die E-Mail-Adresse Ihnen gehört
error-email-proof-missing-text = Die Website, auf der Sie Ihr Konto haben, sagt nicht, ob Ihre E-Mail-Adresse bestätigt ist. Nur der Support kann das in Ordnung bringen: Bitte sagen Sie dort Bescheid, und beginnen Sie dann von vorn.
error-email-unverified-title = Bitte bestätigen Sie zuerst Ihre E-Mail-Adresse
error-email-unverified-text = Wir selbst haben Ihnen nichts geschickt: Suchen Sie nach einer Nachricht der Website, auf der Sie Ihr Konto haben, folgen Sie dem Link darin, und beginnen Sie dann von vorn.
error-external-id-missing-title = Ihre Benutzernummer fehlt
error-external-id-missing-text = Die Anmeldeseite hat uns nicht gesagt, welches Konto Ihres ist. Nur der Support kann das in Ordnung bringen: Bitte sagen Sie dort Bescheid, und beginnen Sie dann von vorn.
error-external-id-not-allowed-title = Ihr Konto konnte nicht zugeordnet werden
error-external-id-not-allowed-text = Die Anmeldeseite dieser Marke hat eine Kundennummer genannt, die sie hier nicht verwenden darf. Bitte nennen Sie dem Support den Code unten: Dort kann man es in Ordnung bringen.
error-role-not-allowed-title = Mit diesem Konto können Sie sich hier nicht anmelden
error-role-not-allowed-text = Die Anmeldeseite hat Rechte verlangt, die sie nicht vergeben darf. Deshalb haben wir abgebrochen. Ein erneuter Versuch hilft nicht: Bitte wenden Sie sich an den Support.
error-attribute-not-allowed-title = Diese Anmeldung sagt mehr, als sie darf
error-attribute-not-allowed-text = Die Anmeldeseite hat uns etwas über Sie gesagt, das sie nicht bestimmen darf. Deshalb haben wir abgebrochen. Ein erneuter Versuch hilft nicht: Bitte wenden Sie sich an den Support.
error-confirmation-refused-title = Diese Antwort zählt nicht
error-confirmation-refused-text = Sie kam zu spät, wurde schon gegeben oder kam nicht von unserer eigenen Seite. Durch sie wurde jetzt niemand angemeldet. Bitte beginnen Sie von vorn.
error-closed-title = Die Anmeldung ist geschlossen
error-closed-text = Hier kann sich zurzeit niemand anmelden. Die Betreiber des Help Centers schreiben dazu:
error-loop-title = Sie drehen sich im Kreis
error-loop-text = Ihr Browser hat innerhalb einer Minute immer wieder versucht, Sie an- oder abzumelden. Deshalb haben wir ihn angehalten. Bitte prüfen Sie, ob Ihr Browser Cookies erlaubt, warten Sie eine Minute, und beginnen Sie dann von vorn. Wenn das nicht hilft, wenden Sie sich bitte an den Support.
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
new-password-text = Sie haben sich mit einem Passwort angemeldet, das ersetzt werden muss. Am besten ist ein langes mit Groß- und Kleinbuchstaben, Ziffern und Sonderzeichen.
new-password-label = Neues Passwort
new-password-repeated = Neues Passwort wiederholen
code-title = Geben Sie Ihren Code ein
code-by-sms-text = Wir haben Ihnen eine SMS mit einem Code geschickt.
code-by-email-text = Wir haben Ihnen eine E-Mail mit einem Code geschickt. Es kann eine Minute dauern, bis sie ankommt.
code-by-authenticator-text = Öffnen Sie Ihre Authenticator-App, und geben Sie den Code ein, den sie für dieses Konto zeigt.
code-label = Code
method-title = Wie möchten Sie Ihren Code erhalten?
method-text = Wir brauchen außer Ihrem Passwort noch einen Code, um sicher zu sein, dass Sie es sind.
method-label = Code erhalten
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
error-account-unconfirmed-text = Sie haben ein Konto, aber es ist noch nicht bestätigt. Suchen Sie nach der Nachricht, die Sie bei der Registrierung erhalten haben, tun Sie, was darin steht, und beginnen Sie dann von vorn.
error-password-reset-required-title = Ihr Passwort muss ersetzt werden
error-password-reset-required-text = Ihr altes Passwort gilt nicht mehr. Bitte wählen Sie ein neues, und beginnen Sie dann von vorn.
error-too-many-requests-title = Zu viele Anfragen
error-too-many-requests-text = Aus Ihrem Netzwerk kamen in kurzer Zeit sehr viele Anfragen. Es ist nichts verloren: Bitte warten Sie einen Moment, und beginnen Sie dann von vorn.
error-too-many-attempts-title = Zu viele Versuche
error-too-many-attempts-text = Jemand hat zu oft versucht, sich bei diesem Konto anzumelden. Es ist nichts verloren: Bitte warten Sie eine Viertelstunde, und beginnen Sie dann von vorn.
error-wrong-code-title = Dieser Code funktioniert nicht
code-sent-wrong = Der Code ist falsch oder wurde schon verwendet. Bitte prüfen Sie ihn, und versuchen Sie es noch einmal, oder wählen Sie „Von vorn beginnen“, um einen neuen zu erhalten.
error-wrong-code-text = Der Code ist falsch oder wurde schon verwendet. Bitte warten Sie auf den nächsten, oder prüfen Sie diesen, und versuchen Sie es noch einmal.
error-code-expired-title = Dieser Code ist abgelaufen
error-code-expired-text = Ein Code gilt nur einige Minuten. Bitte wählen Sie „Von vorn beginnen“, um einen neuen zu erhalten.
error-second-step-missing-title = Ihr Konto braucht einen zweiten Schritt
error-second-step-missing-text = Ein Passwort allein genügt hier nicht, und Ihr Konto hat noch nichts anderes. Bitte richten Sie dort, wo Sie sich registriert haben, einen zweiten Schritt ein, etwa eine Authenticator-App. Beginnen Sie dann von vorn.
error-new-password-refused-title = Bitte wählen Sie ein anderes Passwort
error-new-password-refused-text = Dieses Passwort ist zu kurz oder zu einfach, oder Sie hatten es schon einmal. Bitte wählen Sie ein anderes.
error-passwords-differ-title = Die Passwörter stimmen nicht überein
error-passwords-differ-text = Sie haben zwei verschiedene Passwörter eingegeben. Bitte geben Sie zweimal dasselbe ein.
error-attribute-refused-title = Bitte prüfen Sie Ihre Eingaben
error-attribute-refused-text = Etwas fehlt, ist nicht so geschrieben, wie es sein soll, oder gehört zu einem anderen Konto. Bitte prüfen Sie Ihre Eingaben, und versuchen Sie es noch einmal.
error-challenge-over-title = Das hat zu lange gedauert
error-challenge-over-text = Zu Ihrer Sicherheit gibt es für diesen Schritt nur wenig Zeit, und er funktioniert nur einmal. Bitte melden Sie sich noch einmal an.
error-form-refused-title = Dieses Formular ist nicht vertrauenswürdig
error-form-refused-text = Es kam nicht von unserer eigenen Seite oder nicht aus diesem Browser. Es wurde niemand angemeldet. Bitte beginnen Sie von vorn.
error-ticket-refused-title = Dieser Link funktioniert nicht
error-ticket-refused-text = Er ist beschädigt oder wurde für jemand anderen erstellt. Es wurde niemand angemeldet. Bitte gehen Sie zurück zum Help Center, und melden Sie sich von dort aus an.
error-ticket-expired-title = Ihre Anmeldung hat zu lange gedauert
error-ticket-expired-text = Zu Ihrer Sicherheit gilt dieser Link nur eine Minute. Bitte gehen Sie zurück zum Help Center, und melden Sie sich noch einmal an.

## What the script of a company’s own sign-in page is told. Whoever wrote it reads this.

post-unreadable = Der Body der Anfrage muss ein einziges JSON-Objekt oder ein einziges Formular sein, in dem jeder Name nur einmal vorkommt.
post-field-missing = Im Body der Anfrage fehlt „{ $field }“.
post-field-invalid = Was der Body der Anfrage als „{ $field }“ enthält, gehört nicht dorthin.

## What is out of order

error-store-unavailable-title = Die Anmeldung ist gerade nicht möglich
error-store-unavailable-text = Ein Teil unseres Dienstes funktioniert nicht. Es liegt nicht an Ihnen, und es wurde niemand angemeldet. Bitte versuchen Sie es in einigen Minuten noch einmal.
error-too-many-from-backend-title = Zu viele Anmeldungen auf einmal
error-too-many-from-backend-text = Von der Anmeldeseite dieses Help Centers kommen viel mehr Anmeldungen als sonst, und wir können Ihre gerade nicht annehmen. Es liegt nicht an Ihnen, und es wurde niemand angemeldet. Bitte versuchen Sie es in fünf Minuten noch einmal, und wenden Sie sich an den Support, wenn es wieder passiert.
error-too-many-from-network-title = Zu viele Anmeldungen aus Ihrem Netzwerk
error-too-many-from-network-text = Aus dem Netzwerk, in dem Sie sind, kommen viel mehr Anmeldungen als sonst, und wir können Ihre gerade nicht annehmen. Es wurde niemand angemeldet. Bitte warten Sie fünf Minuten, und beginnen Sie dann von vorn, oder verwenden Sie ein anderes Netzwerk.
error-internal-title = Etwas ist schiefgegangen
error-internal-text = Der Fehler liegt bei uns, nicht bei Ihnen. Bitte versuchen Sie es in einigen Minuten noch einmal, und wenden Sie sich an den Support, wenn es wieder passiert.

## What Zendesk reports at the remote logout address

error-zendesk-invalid-request-title = Das Help Center hat die Anmeldung nicht angenommen
error-zendesk-invalid-request-text = Die Anmeldung kam an der falschen Stelle an. Es wurde niemand abgemeldet. Bitte beginnen Sie von vorn, und wenden Sie sich an den Support, wenn es wieder passiert.
error-zendesk-signature-title = Das Help Center konnte die Anmeldung nicht bestätigen
error-zendesk-signature-text = Die Anmeldung ist zwischen uns und dem Help Center nicht richtig eingerichtet. Es wurde niemand abgemeldet. Ein erneuter Versuch hilft nicht: Bitte wenden Sie sich an den Support.
error-zendesk-not-allowed-title = Ihre Adresse kann hier nicht verwendet werden
error-zendesk-not-allowed-text = Das Help Center erlaubt keine Registrierung mit Ihrer E-Mail-Adresse. Es wurde niemand abgemeldet. Bitte melden Sie sich mit einer anderen Adresse an, oder fragen Sie den Support.
error-zendesk-token-used-title = Diese Anmeldung wurde schon verwendet
error-zendesk-token-used-text = Das Help Center nimmt jede Anmeldung nur einmal an. Es wurde niemand abgemeldet, und wahrscheinlich sind Sie angemeldet: Gehen Sie weiter zum Help Center, oder beginnen Sie von vorn.
error-zendesk-clock-title = Ihre Anmeldung hat zu lange gedauert
error-zendesk-clock-text = Sie war veraltet, als sie das Help Center erreichte. Es wurde niemand abgemeldet. Bitte beginnen Sie von vorn, und wenden Sie sich an den Support, wenn es wieder passiert.
error-zendesk-rate-limit-title = Zu viele Menschen auf einmal
error-zendesk-rate-limit-text = Das Help Center nimmt nur eine bestimmte Zahl von Anmeldungen gleichzeitig an. Es wurde niemand abgemeldet. Bitte warten Sie eine Minute, und versuchen Sie es noch einmal.
error-zendesk-external-id-title = Ihr Konto gibt es zweimal
error-zendesk-external-id-text = Das Help Center kennt Ihre E-Mail-Adresse schon mit einer anderen Benutzernummer oder Ihre Benutzernummer mit einer anderen E-Mail-Adresse. Es wurde niemand abgemeldet. Nur der Support kann das in Ordnung bringen: Bitte sagen Sie dort Bescheid.
error-zendesk-unreadable-title = Das Help Center konnte die Anmeldung nicht lesen
error-zendesk-unreadable-text = Sie kam nicht vollständig an. Es wurde niemand abgemeldet. Bitte beginnen Sie von vorn, und wenden Sie sich an den Support, wenn es wieder passiert.
error-zendesk-unknown-title = Das Help Center hat Sie nicht angemeldet
error-zendesk-unknown-text = Es hat keinen Grund genannt, den wir kennen. Es wurde niemand abgemeldet. Bitte versuchen Sie es noch einmal, und wenden Sie sich an den Support, wenn es wieder passiert.
error-backend-denied-title = Sie wurden nicht angemeldet
error-backend-denied-text = Die Anmeldeseite hat die Anmeldung abgelehnt, oder Sie haben die Seite verlassen, bevor Sie fertig waren. Bitte versuchen Sie es noch einmal. Wenn es immer wieder passiert, nennen Sie dem Support den Code unten.
error-backend-unproven-title = Wir können Ihre Anmeldung nicht bestätigen
error-backend-unproven-text = Was die Anmeldeseite zurückgeschickt hat, gehört nicht zu dieser Anmeldung oder stammt nicht wirklich von ihr. Es wurde niemand angemeldet. Bitte beginnen Sie von vorn. Wenn es immer wieder passiert, nennen Sie dem Support den Code unten.
error-backend-again-title = Bitte melden Sie sich noch einmal an
error-backend-again-text = Die Anmeldeseite konnte die Anmeldung nicht abschließen: Vielleicht haben Sie länger gewartet, oder sie ist gerade ausgelastet. Bitte beginnen Sie von vorn. Wenn es immer wieder passiert, nennen Sie dem Support den Code unten.
error-backend-over-title = Diese Anmeldung ist beendet
error-backend-over-text = Was die Anmeldeseite zurückgeschickt hat, wurde schon verwendet oder war zu lange unterwegs. Bitte beginnen Sie von vorn.
error-backend-unavailable-title = Die Anmeldung ist gerade nicht verfügbar
error-backend-unavailable-text = Das System, das Ihr Konto kennt, antwortet nicht. Bitte versuchen Sie es in einigen Minuten noch einmal.
