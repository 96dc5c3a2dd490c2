### What end users read; en.ftl says for whom and how.

## Choosing a brand

brands-title = Dove vuoi accedere?
brands-text = Scegli il centro assistenza che vuoi visitare.
# Where there are more than one page shows
brands-search = Cerca per nome
brands-search-button = Cerca
brands-before = Pagina precedente
brands-after = Pagina successiva
brands-not-found = Nessun centro assistenza contiene questo testo nel nome. Prova con un’altra parola, oppure apri il centro assistenza che vuoi visitare e lì scegli «Accedi».
brands-none = Qui non c’è nulla da scegliere. Apri il centro assistenza che vuoi visitare e lì scegli «Accedi».

## Handing over to Zendesk

hand-off-title = Accesso a { $brand } in corso…
hand-off-text = Ci vuole solo un momento.
hand-off-by-hand = Se non succede nulla, premi il pulsante.
hand-off-button = Completa l’accesso
hand-off-over-title = Hai riaperto una pagina precedente
hand-off-over-text = Qui non c’è altro da fare. Puoi proseguire direttamente.
hand-off-over-link = Vai a { $brand }

# While the sign-in of a company's own page goes on
ticket-title = Accesso in corso…
ticket-scripts-title = Questo passaggio richiede JavaScript
ticket-scripts = Nel tuo browser è disattivato. Attivalo, poi accedi di nuovo dal centro assistenza.

## Asking before signing in

confirm-title = Continuare su { $brand } come { $email }?
confirm-sent-by = Te lo chiediamo perché arrivi a questa pagina da un altro sito web:
confirm-from-unknown = Te lo chiediamo perché il tuo browser non ci dice da quale sito web arrivi.
confirm-from-no-page = Te lo chiediamo perché non arrivi dal centro assistenza, ma hai aperto un indirizzo per conto tuo, per esempio da un segnalibro o da un link in un messaggio.
confirm-again = Te lo chiediamo perché qualche minuto fa qualcuno ha detto qui di non essere la persona che ha effettuato l’accesso lì.
confirm-code-hint = Se questa domanda compare ogni volta, comunica questo codice all’assistenza.
confirm-advice = Continua solo se questo è il tuo indirizzo e se sei tu ad aver appena effettuato l’accesso. Altrimenti nel tuo browser potrebbe aprirsi l’account di qualcun altro.
confirm-button = Continua
confirm-not-me = Non sono io

## Somebody is not who the site says they are

not-me-title = Prima esci dall’account su quel sito
not-me-text = Qualcuno ha effettuato l’accesso al sito in cui le persone hanno il loro account, e non possiamo farlo uscire al posto tuo.
not-me-site = Apri il sito:
not-me-sign-out = Esci dall’account su quel sito.
not-me-return = Torna a questa pagina e accedi con il tuo account.
not-me-again = Accedi con il tuo account

# Shown for a moment, and only where a browser runs no scripts
onward-link = Vai alla pagina di accesso

## Signed out

signed-out-title = Hai effettuato l’uscita
signed-out-text = Grazie per la visita. Se altre persone usano questo dispositivo, chiudi anche tutte le finestre del browser.
signed-out-home-of = Torna a { $brand }

## The front page

home-title = Questo è un servizio di accesso
home-text = Porta le persone da un centro assistenza alla pagina di accesso giusta e le riporta indietro.
home-advice = Qui non c’è nulla da fare. Per accedere, apri il centro assistenza che vuoi visitare e lì scegli «Accedi».

## What every error page has

error-code = Codice
error-code-hint = Se chiedi aiuto, comunica questo codice. Ci permette di capire che cosa è successo.
error-parameter = La parte dell’indirizzo a cui ci riferiamo si chiama «{ $parameter }».
error-support = Contatta l’assistenza di { $brand }
action-start-again = Ricomincia
action-continue = Continua verso il centro assistenza
action-home = Vai al centro assistenza
action-choose = Scegli un centro assistenza
action-registered = Vai al sito in cui hai creato l’account
action-try-again = Riprova

## The request itself

error-malformed-request-title = Questo link è danneggiato
error-malformed-request-text = L’indirizzo che ti ha portato qui è incompleto, troppo lungo o è stato modificato lungo il percorso. Torna al centro assistenza e accedi da lì.
error-return-to-refused-title = Questo link porta altrove
error-return-to-refused-text = Il link ci chiede di mandarti su un sito web che non appartiene a questo centro assistenza, quindi ci siamo fermati. Apri direttamente il centro assistenza e accedi da lì.
error-return-to-miswritten-title = Questo link non è scritto correttamente
error-return-to-miswritten-text = Porta a una pagina del centro assistenza, ma l’indirizzo contiene un errore: forse uno spazio, o inizia con «http:». Apri direttamente il centro assistenza e accedi da lì.
error-unknown-brand-title = Non conosciamo questo centro assistenza
error-unknown-brand-text = Il link non dice a quale centro assistenza vuoi accedere, o ne indica uno che qui non è configurato. Torna al centro assistenza e accedi da lì.
error-no-token-title = L’accesso non ci è arrivato
error-no-token-text = La pagina di accesso ti ha rimandato qui senza dire chi sei. Ricomincia dal centro assistenza.
error-token-too-large-title = L’accesso contiene troppi dati
error-token-too-large-text = La pagina di accesso ha inviato più dati su di te di quanti ne possiamo accettare. Riprovare non serve: contatta l’assistenza.
error-body-too-large-title = Troppi dati in una volta sola
error-body-too-large-text = Il tuo browser ha inviato più dati di quanti questa pagina ne possa accettare. Ricomincia dal centro assistenza e, se succede di nuovo, contatta l’assistenza.
error-address-too-long-title = Questo link è troppo lungo
error-address-too-long-text = L’indirizzo che ti ha portato qui è più lungo di quanto possiamo accettare. Apri la pagina principale del centro assistenza e accedi da lì.
error-headers-too-large-title = Il tuo browser ha inviato troppi dati
error-headers-too-large-text = Il tuo browser conserva per questa pagina più cookie di quanti questa ne possa accettare. Elimina i cookie di questo sito, poi accedi di nuovo dal centro assistenza.
error-request-too-slow-title = Ci è voluto troppo tempo
error-request-too-slow-text = La connessione era troppo lenta per leggere la richiesta del tuo browser. Riprova.
error-wrong-content-type-title = Non riusciamo a leggere questo contenuto
error-wrong-content-type-text = La pagina di accesso ha inviato la risposta in un formato che non comprendiamo. Riprovare non serve: contatta l’assistenza.
error-post-invalid-title = La pagina di accesso ha inviato qualcosa di sbagliato
error-post-invalid-text = Ha omesso qualcosa o l’ha inviato in un formato che non comprendiamo. Nessuno ha effettuato l’accesso. Riprovare non serve: contatta l’assistenza.
error-method-not-allowed-title = Qui questo non funziona
error-method-not-allowed-text = Questo indirizzo non si può usare come ha appena provato a fare il tuo browser. Torna al centro assistenza e accedi da lì.
error-not-found-title = Qui non c’è nulla
error-not-found-text = L’indirizzo potrebbe essere errato o non più valido. Per accedere, apri il centro assistenza e lì scegli «Accedi».
error-prefetch-title = Non ancora
error-prefetch-text = Il tuo browser ha provato a caricare questa pagina prima che tu lo chiedessi. Non è successo nulla. Per accedere ora, ricomincia dal centro assistenza.

## The sign-in that the browser has begun

error-flow-missing-title = Non troviamo il tuo accesso
error-flow-missing-text = Forse l’hai iniziato in un altro browser o più di un giorno fa, oppure il tuo browser blocca i cookie. Consenti i cookie per questo sito e ricomincia dal centro assistenza.
error-flow-expired-title = Il tuo accesso ha richiesto troppo tempo
error-flow-expired-text = Per la tua sicurezza un accesso va completato entro un’ora. Ricomincia.
error-flow-used-title = Questo accesso è già stato completato
error-flow-used-text = Ogni accesso vale una sola volta, e questo è già stato usato. Probabilmente hai già effettuato l’accesso: continua verso il centro assistenza o ricomincia.
error-flow-altered-title = Non riusciamo più a leggere il tuo accesso
error-flow-altered-text = Questo servizio è stato riavviato durante il tuo accesso, o ciò che il tuo browser conservava è stato modificato. Accedi di nuovo dal centro assistenza.
error-flow-foreign-title = Questo accesso appartiene a un altro sito
error-flow-foreign-text = Hai iniziato ad accedere su un sito e la risposta è arrivata da un altro. Succede quando ci sono più finestre aperte. Ricomincia dal centro assistenza e concludi nella stessa finestra.
error-flow-outdated-title = Il tuo modo di accedere è cambiato
error-flow-outdated-text = Mentre accedevi, sono cambiate le nostre impostazioni o la tua rete. Ricomincia dal centro assistenza.

## What the sign-in page says about the person

error-assertion-unreadable-title = Non riusciamo a leggere il tuo accesso
error-assertion-unreadable-text = La pagina di accesso ha inviato una risposta danneggiata o incompleta. Ricomincia e, se succede di nuovo, contatta l’assistenza.
error-assertion-algorithm-title = La pagina di accesso non è configurata correttamente
error-assertion-algorithm-text = Firma le risposte in un modo che non era stato concordato, quindi ci siamo fermati. Riprovare non serve: contatta l’assistenza.
error-assertion-signature-title = Non riusciamo a confermare il tuo accesso
error-assertion-signature-text = La risposta della pagina di accesso non è firmata come dovrebbe, quindi nessuno ha effettuato l’accesso. Ricomincia e, se succede di nuovo, contatta l’assistenza.
error-assertion-too-old-title = Il tuo accesso non è più valido
error-assertion-too-old-text = Sono passati più di tre minuti prima che ci arrivasse la risposta della pagina di accesso. Ricomincia.
error-assertion-from-the-future-title = Un orologio segna l’ora sbagliata
error-assertion-from-the-future-text = Secondo il suo stesso orologio, la pagina di accesso ha risposto nel futuro. Riprova tra qualche minuto e, se non basta, contatta l’assistenza.
error-assertion-invalid-title = Manca qualcosa nel tuo accesso
error-assertion-invalid-text = La pagina di accesso ha omesso qualcosa di necessario o l’ha inviato nel formato sbagliato. Riprovare non serve: contatta l’assistenza.
error-assertion-audience-title = Questo accesso è destinato a un altro servizio
error-assertion-audience-text = La risposta della pagina di accesso non è indirizzata a noi, quindi ci siamo fermati. Ricomincia e, se succede di nuovo, contatta l’assistenza.
error-session-expired-title = Su quel sito il tuo accesso è terminato
error-session-expired-text = Il tuo accesso al sito in cui hai l’account è scaduto. Ricomincia e accedi di nuovo a quel sito.
error-session-key-unknown-title = Non riusciamo ancora a confermare il tuo accesso
error-session-key-unknown-text = Il sito in cui hai l’account l’ha firmato in un modo che non conosciamo. Forse l’ha appena cambiato: ricomincia tra un minuto e, se succede di nuovo, contatta l’assistenza.
error-session-issuer-title = Questo accesso viene da un altro servizio
error-session-issuer-text = Non è stato creato dal sito con cui si accede qui, quindi ci siamo fermati. Ricomincia e, se succede di nuovo, contatta l’assistenza.
error-session-other-project-title = Questo accesso è per qualcos’altro
error-session-other-project-text = Hai effettuato l’accesso a un altro gioco o sito della stessa azienda, ma qui non vale. Ricomincia e, se succede di nuovo, contatta l’assistenza.
error-session-ambiguous-title = Il tuo browser ha inviato due accessi
error-session-ambiguous-text = Sono diversi, e non possiamo sapere qual è il tuo. Vai al sito in cui hai l’account, esci, elimina i cookie di quel sito e ricomincia.
error-other-address-title = Questo non è l’indirizzo giusto
error-other-address-text = Quello che cerchi si trova a un altro nostro indirizzo. Riprova lì, oppure apri il centro assistenza e lì scegli «Accedi».
error-other-backend-title = Questo link appartiene a un altro modo di accedere
error-other-backend-text = L’indirizzo che ti ha portato qui non corrisponde al centro assistenza che vuoi visitare. Ricomincia.
error-assertion-used-title = Questo accesso è già stato usato
error-assertion-used-text = Ogni accesso vale una sola volta. Forse hai ricaricato la pagina o l’hai riaperta. Se non hai ancora effettuato l’accesso, ricomincia.

## Who may sign in

error-address-reserved-title = Con il tuo indirizzo si accede altrove
error-address-reserved-text = Le persone con il tuo indirizzo email accedono in un altro modo e non da questa pagina. Se non sai quale, contatta l’assistenza.
error-person-denied-title = Non puoi accedere qui
error-person-denied-text = Questo account è stato bloccato. Riprovare non serve: se pensi che sia un errore, contatta l’assistenza.
error-address-not-allowed-title = Il tuo indirizzo non si può usare qui
error-address-not-allowed-text = Qui si può accedere solo con determinati indirizzi email, e il tuo non è tra questi. Accedi con un altro o contatta l’assistenza.
error-email-invalid-title = Il tuo indirizzo email non è valido
error-email-invalid-text = La pagina di accesso ci ha inviato un indirizzo email che non può essere corretto. Controlla l’indirizzo nel tuo account, poi ricomincia.
error-email-missing-title = Il tuo account non ha un indirizzo email
error-email-missing-text = Il centro assistenza riconosce le persone dal loro indirizzo email, e il sito in cui hai l’account non ci ha comunicato il tuo. Aggiungine uno al tuo account su quel sito, poi ricomincia.
error-email-proof-missing-title = Non sappiamo se l’indirizzo email è tuo
error-email-proof-missing-text = Il sito in cui hai l’account non dice se il tuo indirizzo email è stato confermato. Solo l’assistenza può rimediare: avvisala, poi ricomincia.
error-email-unverified-title = Prima conferma il tuo indirizzo email
error-email-unverified-text = Noi non ti abbiamo inviato nulla: cerca un messaggio del sito in cui hai l’account, segui il link che contiene, poi ricomincia.
error-external-id-missing-title = Manca il numero del tuo account
error-external-id-missing-text = La pagina di accesso non ci ha detto qual è il tuo account. Solo l’assistenza può rimediare: avvisala, poi ricomincia.
error-external-id-not-allowed-title = Non è stato possibile identificare il tuo account
error-external-id-not-allowed-text = La pagina di accesso di questo marchio ha indicato un numero cliente che qui non può usare. Comunica il codice qui sotto all’assistenza: può rimediare.
error-role-not-allowed-title = Questo account non può accedere qui
error-role-not-allowed-text = La pagina di accesso ha chiesto autorizzazioni che non può concedere, quindi ci siamo fermati. Riprovare non serve: contatta l’assistenza.
error-attribute-not-allowed-title = Questo accesso dice più del consentito
error-attribute-not-allowed-text = La pagina di accesso ci ha detto su di te qualcosa che non spetta a lei decidere, quindi ci siamo fermati. Riprovare non serve: contatta l’assistenza.
error-confirmation-refused-title = Questa risposta non è valida
error-confirmation-refused-text = È arrivata troppo tardi, era già stata data o non veniva dalla nostra pagina. Questa volta nessuno ha effettuato l’accesso. Ricomincia.
error-closed-title = L’accesso è sospeso
error-closed-text = Per ora nessuno può accedere qui. Chi gestisce il centro assistenza scrive:
error-loop-title = Stai girando in tondo
error-loop-text = Il tuo browser ha provato ad accedere o a uscire molte volte in un minuto, quindi l’abbiamo fermato. Controlla che il tuo browser consenta i cookie, aspetta un minuto e ricomincia. Se non basta, contatta l’assistenza.
error-origin-refused-title = Non conosciamo questa pagina di accesso
error-origin-refused-text = La pagina che ha inviato il tuo accesso non è tra quelle che accettiamo, quindi ci siamo fermati. Apri il centro assistenza e lì scegli «Accedi».

## The form for an email address and a password

sign-in-title = Accedi a { $brand }
# The title of a form that is shown again because something in it was wrong
problem-title = Errore: { $title }
sign-in-email = Indirizzo email
sign-in-password = Password
password-show = Mostra password
password-hide = Nascondi password
sign-in-button = Accedi
sign-in-forgot = Hai dimenticato la password?
sign-in-register = Crea un account
action-reset-password = Scegli una nuova password

## What may be asked for after the password

challenge-button = Continua
challenge-start-over = Torna all’inizio
new-password-title = Scegli una nuova password
new-password-text = Hai effettuato l’accesso con una password che va sostituita. Le migliori sono lunghe, con lettere maiuscole e minuscole, numeri e simboli.
new-password-label = Nuova password
new-password-repeated = Ripeti la nuova password
code-title = Inserisci il codice
code-by-sms-text = Ti abbiamo inviato un SMS con un codice.
code-by-email-text = Ti abbiamo inviato un’email con un codice. Può metterci un minuto ad arrivare.
code-by-authenticator-text = Apri la tua app di autenticazione e inserisci il codice che mostra per questo account.
code-label = Codice
method-title = Come vuoi ricevere il codice?
method-text = Oltre alla password ci serve un codice, per essere sicuri che sia tu.
method-label = Ricevi un codice
method-sms = Via SMS
method-email = Via email
method-authenticator = Con la mia app di autenticazione
attribute-name = Nome completo
attribute-given-name = Nome
attribute-middle-name = Secondo nome
attribute-family-name = Cognome
attribute-nickname = Soprannome
attribute-preferred-username = Nome utente
attribute-email = Indirizzo email
attribute-phone-number = Numero di telefono, per esempio +393123456789
attribute-address = Indirizzo
attribute-birthdate = Data di nascita
attribute-gender = Genere
attribute-locale = Lingua, per esempio it-IT
attribute-zoneinfo = Fuso orario, per esempio Europe/Rome
attribute-picture = Indirizzo di un’immagine
attribute-profile = Indirizzo di una pagina del profilo
attribute-website = Sito web

error-wrong-password-title = Accesso non riuscito
error-wrong-password-text = L’indirizzo email o la password non sono corretti. Controlla entrambi e riprova.
error-account-unconfirmed-title = Prima conferma il tuo account
error-account-unconfirmed-text = Hai un account, ma non è ancora stato confermato. Cerca il messaggio che hai ricevuto al momento della registrazione, segui le istruzioni, poi ricomincia.
error-password-reset-required-title = La tua password va sostituita
error-password-reset-required-text = La tua vecchia password non funziona più. Scegline una nuova, poi ricomincia.
error-too-many-requests-title = Troppe richieste
error-too-many-requests-text = Dalla tua rete sono arrivate moltissime richieste in poco tempo. Non è andato perso nulla: aspetta un momento e ricomincia.
error-too-many-attempts-title = Troppi tentativi
error-too-many-attempts-text = Qualcuno ha provato ad accedere a questo account troppe volte. Non è andato perso nulla: aspetta un quarto d’ora, poi ricomincia.
error-wrong-code-title = Questo codice non funziona
code-sent-wrong = Il codice non è corretto o è già stato usato. Controllalo e riprova, oppure scegli «Torna all’inizio» per riceverne uno nuovo.
error-wrong-code-text = Il codice non è corretto o è già stato usato. Aspetta il prossimo, o controlla quello che hai, e riprova.
error-code-expired-title = Questo codice è scaduto
error-code-expired-text = Un codice funziona solo per qualche minuto. Scegli «Torna all’inizio» per riceverne uno nuovo.
error-second-step-missing-title = Al tuo account serve un secondo passaggio
error-second-step-missing-text = Qui la sola password non basta, e il tuo account non ha ancora altro. Configura un secondo passaggio, come un’app di autenticazione, nel sito in cui hai creato l’account. Poi ricomincia.
error-new-password-refused-title = Scegli un’altra password
error-new-password-refused-text = Questa password è troppo corta o troppo semplice, o l’hai già usata in passato. Scegline un’altra.
error-passwords-differ-title = Le password sono diverse
error-passwords-differ-text = Hai inserito due password diverse. Inserisci due volte la stessa.
error-attribute-refused-title = Controlla quello che hai scritto
error-attribute-refused-text = Manca qualcosa, oppure qualcosa non è scritto come dovrebbe o appartiene a un altro account. Controlla quello che hai scritto e riprova.
error-challenge-over-title = Ci è voluto troppo tempo
error-challenge-over-text = Per la tua sicurezza c’è poco tempo per questo passaggio, e vale una sola volta. Accedi di nuovo.
error-form-refused-title = Questo modulo non è affidabile
error-form-refused-text = Non veniva dalla nostra pagina o non da questo browser. Nessuno ha effettuato l’accesso. Ricomincia.
error-ticket-refused-title = Questo link non funziona
error-ticket-refused-text = È danneggiato o è stato creato per qualcun altro. Nessuno ha effettuato l’accesso. Torna al centro assistenza e accedi da lì.
error-ticket-expired-title = Il tuo accesso ha richiesto troppo tempo
error-ticket-expired-text = Per la tua sicurezza questo link funziona solo per un minuto. Torna al centro assistenza e accedi di nuovo.

## What the script of a company’s own sign-in page is told. Whoever wrote it reads this.

post-unreadable = Il corpo della richiesta deve essere un solo oggetto JSON o un solo modulo in cui ogni nome compare una volta.
post-field-missing = Nel corpo della richiesta manca «{ $field }».
post-field-invalid = Il valore di «{ $field }» nel corpo della richiesta non è valido.

## What is out of order

error-store-unavailable-title = Al momento non è possibile accedere
error-store-unavailable-text = Una parte del nostro servizio non funziona. Non è colpa tua, e nessuno ha effettuato l’accesso. Riprova tra qualche minuto.
error-too-many-from-backend-title = Troppi accessi contemporaneamente
error-too-many-from-backend-text = Dalla pagina di accesso di questo centro assistenza arrivano molti più accessi del solito, e al momento non possiamo accettare il tuo. Non è colpa tua, e nessuno ha effettuato l’accesso. Riprova tra cinque minuti e, se succede di nuovo, contatta l’assistenza.
error-too-many-from-network-title = Troppi accessi dalla tua rete
error-too-many-from-network-text = Dalla rete in cui ti trovi arrivano molti più accessi del solito, e al momento non possiamo accettare il tuo. Nessuno ha effettuato l’accesso. Aspetta cinque minuti e ricomincia, o usa un’altra rete.
error-internal-title = Qualcosa è andato storto
error-internal-text = L’errore è nostro, non tuo. Riprova tra qualche minuto e, se succede di nuovo, contatta l’assistenza.

## What Zendesk reports at the remote logout address

error-zendesk-invalid-request-title = Il centro assistenza non ha accettato l’accesso
error-zendesk-invalid-request-text = L’accesso è arrivato nel posto sbagliato. Nessuno è stato disconnesso. Ricomincia e, se succede di nuovo, contatta l’assistenza.
error-zendesk-signature-title = Il centro assistenza non ha potuto confermare l’accesso
error-zendesk-signature-text = L’accesso non è configurato correttamente tra noi e il centro assistenza. Nessuno è stato disconnesso. Riprovare non serve: contatta l’assistenza.
error-zendesk-not-allowed-title = Il tuo indirizzo non si può usare qui
error-zendesk-not-allowed-text = Il centro assistenza non consente di registrarsi con il tuo indirizzo email. Nessuno è stato disconnesso. Accedi con un altro indirizzo o contatta l’assistenza.
error-zendesk-token-used-title = Questo accesso è già stato usato
error-zendesk-token-used-text = Il centro assistenza accetta ogni accesso una sola volta. Nessuno è stato disconnesso, e probabilmente hai già effettuato l’accesso: continua verso il centro assistenza o ricomincia.
error-zendesk-clock-title = Il tuo accesso ha richiesto troppo tempo
error-zendesk-clock-text = Non era più valido quando è arrivato al centro assistenza. Nessuno è stato disconnesso. Ricomincia e, se succede di nuovo, contatta l’assistenza.
error-zendesk-rate-limit-title = Troppe persone contemporaneamente
error-zendesk-rate-limit-text = Il centro assistenza accetta solo un certo numero di accessi alla volta. Nessuno è stato disconnesso. Aspetta un minuto e riprova.
error-zendesk-external-id-title = Il tuo account è duplicato
error-zendesk-external-id-text = Il centro assistenza conosce già il tuo indirizzo email con un altro numero di account, o il tuo numero di account con un altro indirizzo email. Nessuno è stato disconnesso. Solo l’assistenza può rimediare: avvisala.
error-zendesk-unreadable-title = Il centro assistenza non ha potuto leggere l’accesso
error-zendesk-unreadable-text = Non è arrivato per intero. Nessuno è stato disconnesso. Ricomincia e, se succede di nuovo, contatta l’assistenza.
error-zendesk-unknown-title = Il centro assistenza non ti ha fatto accedere
error-zendesk-unknown-text = Non ha indicato un motivo che conosciamo. Nessuno è stato disconnesso. Riprova e, se succede di nuovo, contatta l’assistenza.
error-backend-denied-title = Accesso non riuscito
error-backend-denied-text = La pagina di accesso non l’ha consentito, o l’hai lasciata prima di finire. Riprova; se continua a succedere, comunica il codice qui sotto all’assistenza.
error-backend-unproven-title = Non riusciamo a confermare il tuo accesso
error-backend-unproven-text = Quello che la pagina di accesso ha restituito non riguarda questo accesso o non proviene davvero da quella pagina. Nessuno ha effettuato l’accesso. Ricomincia; se continua a succedere, comunica il codice qui sotto all’assistenza.
error-backend-again-title = Accedi ancora una volta
error-backend-again-text = La pagina di accesso non è riuscita a finire: forse hai aspettato un po’, o la pagina è sovraccarica. Ricomincia; se continua a succedere, comunica il codice qui sotto all’assistenza.
error-backend-over-title = Questo accesso è terminato
error-backend-over-text = Quello che la pagina di accesso ha restituito è già stato usato o ci ha messo troppo ad arrivare. Ricomincia.
error-backend-unavailable-title = Al momento l’accesso non è disponibile
error-backend-unavailable-text = Il sistema che conosce il tuo account non risponde. Riprova tra qualche minuto.
