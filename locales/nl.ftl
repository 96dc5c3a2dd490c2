### What end users read; en.ftl says for whom and how.

## Choosing a brand

brands-title = Waar wil je je aanmelden?
brands-text = Kies het helpcenter dat je wilt bezoeken.
# Where there are more than one page shows
brands-search = Zoeken op naam
brands-search-button = Zoeken
brands-before = Vorige pagina
brands-after = Volgende pagina
brands-not-found = Geen enkel helpcenter heeft dit in de naam. Probeer een ander woord, of open het helpcenter dat je wilt bezoeken en kies daar “Aanmelden”.
brands-none = Er valt hier niets te kiezen. Open het helpcenter dat je wilt bezoeken en kies daar “Aanmelden”.

## Handing over to Zendesk

hand-off-title = Je wordt aangemeld bij { $brand }…
hand-off-text = Dit duurt maar even.
hand-off-by-hand = Gebeurt er niets, druk dan op de knop.
hand-off-button = Aanmelden voltooien
hand-off-over-title = Je bent terug op een eerdere pagina
hand-off-over-text = Je hoeft hier niets meer te doen. Je kunt meteen doorgaan.
hand-off-over-link = Naar { $brand }

# While the sign-in of a company's own page goes on
ticket-title = Je wordt aangemeld…
ticket-scripts-title = Deze stap heeft JavaScript nodig
ticket-scripts = In je browser is het uitgeschakeld. Schakel het in en meld je dan opnieuw aan vanuit het helpcenter.

## Asking before signing in

confirm-title = Doorgaan naar { $brand } als { $email }?
confirm-sent-by = We vragen dit omdat je vanaf een andere website op deze pagina bent gekomen:
confirm-from-unknown = We vragen dit omdat je browser ons niet vertelt van welke website je komt.
confirm-from-no-page = We vragen dit omdat je niet vanuit het helpcenter komt, maar rechtstreeks via een adres, zoals een bladwijzer of een link in een bericht.
confirm-again = We vragen dit omdat iemand hier een paar minuten geleden heeft gezegd niet de persoon te zijn die daar is aangemeld.
confirm-code-hint = Komt deze vraag elke keer terug, geef deze code dan door aan de klantenservice.
confirm-advice = Ga alleen door als dit jouw adres is en je je net zelf hebt aangemeld. Anders kan in jouw browser het account van iemand anders worden geopend.
confirm-button = Doorgaan
confirm-not-me = Dit ben ik niet

## Somebody is not who the site says they are

not-me-title = Meld je eerst daar af
not-me-text = Er is iemand aangemeld bij de site waar de accounts worden beheerd, en wij kunnen die persoon niet voor je afmelden.
not-me-site = Open de site:
not-me-sign-out = Meld je daar af.
not-me-return = Kom terug naar deze pagina en meld je aan met je eigen account.
not-me-again = Aanmelden met je eigen account

# Shown for a moment, and only where a browser runs no scripts
onward-link = Ga naar de aanmeldpagina

## Signed out

signed-out-title = Je bent afgemeld
signed-out-text = Bedankt voor je bezoek. Gebruiken anderen dit apparaat ook, sluit dan ook alle vensters van je browser.
signed-out-home-of = Terug naar { $brand }

## The front page

home-title = Dit is een aanmelddienst
home-text = Deze dienst brengt mensen van een helpcenter naar de juiste aanmeldpagina en weer terug.
home-advice = Je hoeft hier niets te doen. Wil je je aanmelden, open dan het helpcenter dat je wilt bezoeken en kies daar “Aanmelden”.

## What every error page has

error-code = Code
error-code-hint = Vraag je om hulp, noem dan deze code. Daarmee kunnen we nagaan wat er is gebeurd.
error-parameter = Het deel van het adres dat we bedoelen, heet “{ $parameter }”.
error-support = Contact opnemen met de klantenservice van { $brand }
action-start-again = Opnieuw beginnen
action-continue = Doorgaan naar het helpcenter
action-home = Naar het helpcenter
action-choose = Een helpcenter kiezen
action-registered = Naar de site waar je je hebt geregistreerd
action-try-again = Opnieuw proberen

## The request itself

error-malformed-request-title = Deze link is beschadigd
error-malformed-request-text = Het adres waarmee je hier bent gekomen, is onvolledig, te lang of onderweg veranderd. Ga terug naar het helpcenter en meld je daar aan.
error-return-to-refused-title = Deze link leidt ergens anders heen
error-return-to-refused-text = De link vraagt ons je naar een website te sturen die niet bij dit helpcenter hoort, dus zijn we gestopt. Open zelf het helpcenter en meld je daar aan.
error-return-to-miswritten-title = Deze link is niet goed geschreven
error-return-to-miswritten-text = Hij leidt naar een pagina van het helpcenter, maar het adres bevat een fout: misschien staat er een spatie in of begint het met “http:”. Open zelf het helpcenter en meld je daar aan.
error-unknown-brand-title = We kennen dit helpcenter niet
error-unknown-brand-text = De link zegt niet bij welk helpcenter je je wilt aanmelden, of noemt er een dat hier niet is ingesteld. Ga terug naar het helpcenter en meld je daar aan.
error-no-token-title = De aanmelding is niet aangekomen
error-no-token-text = De aanmeldpagina heeft je teruggestuurd zonder te zeggen wie je bent. Begin opnieuw vanuit het helpcenter.
error-token-too-large-title = De aanmelding is te groot
error-token-too-large-text = De aanmeldpagina heeft meer over je gestuurd dan we kunnen accepteren. Opnieuw proberen helpt niet: neem contact op met de klantenservice.
error-body-too-large-title = Dat was te veel tegelijk
error-body-too-large-text = Je browser heeft meer gestuurd dan deze pagina kan accepteren. Begin opnieuw vanuit het helpcenter en neem contact op met de klantenservice als het weer gebeurt.
error-address-too-long-title = Deze link is te lang
error-address-too-long-text = Het adres waarmee je hier bent gekomen, is langer dan we kunnen accepteren. Open de startpagina van het helpcenter en meld je daar aan.
error-headers-too-large-title = Je browser heeft te veel gestuurd
error-headers-too-large-text = Je browser bewaart voor deze pagina meer cookies dan de pagina kan accepteren. Verwijder de cookies van deze site en meld je dan opnieuw aan vanuit het helpcenter.
error-request-too-slow-title = Dat duurde te lang
error-request-too-slow-text = De verbinding was zo traag dat we niet konden lezen wat je browser vroeg. Probeer het opnieuw.
error-wrong-content-type-title = We kunnen dit niet lezen
error-wrong-content-type-text = De aanmeldpagina heeft een antwoord gestuurd in een vorm die we niet begrijpen. Opnieuw proberen helpt niet: neem contact op met de klantenservice.
error-post-invalid-title = De aanmeldpagina heeft iets verkeerds gestuurd
error-post-invalid-text = Er is iets weggelaten of gestuurd in een vorm die we niet begrijpen. Er is niemand aangemeld. Opnieuw proberen helpt niet: neem contact op met de klantenservice.
error-method-not-allowed-title = Dit werkt hier niet
error-method-not-allowed-text = Dit adres kan niet worden gebruikt zoals je browser net heeft geprobeerd. Ga terug naar het helpcenter en meld je daar aan.
error-not-found-title = Hier is niets
error-not-found-text = Het adres is misschien verkeerd getypt of verouderd. Wil je je aanmelden, open dan het helpcenter en kies daar “Aanmelden”.
error-prefetch-title = Nog niet
error-prefetch-text = Je browser probeerde deze pagina te laden voordat je erom vroeg. Er is niets gebeurd. Wil je je nu aanmelden, begin dan opnieuw vanuit het helpcenter.

## The sign-in that the browser has begun

error-flow-missing-title = We kunnen je aanmelding niet vinden
error-flow-missing-text = Misschien ben je in een andere browser of meer dan een dag geleden begonnen, of blokkeert je browser cookies. Sta cookies toe voor deze site en begin opnieuw vanuit het helpcenter.
error-flow-expired-title = Je aanmelding duurde te lang
error-flow-expired-text = Voor je veiligheid moet een aanmelding binnen een uur voltooid zijn. Begin opnieuw.
error-flow-used-title = Deze aanmelding is al voltooid
error-flow-used-text = Elke aanmelding werkt maar één keer, en deze is al gebruikt. Waarschijnlijk ben je aangemeld: ga door naar het helpcenter of begin opnieuw.
error-flow-altered-title = We kunnen je aanmelding niet meer lezen
error-flow-altered-text = Deze dienst is opnieuw gestart terwijl je je aanmeldde, of de gegevens die je browser bewaarde, zijn veranderd. Meld je opnieuw aan vanuit het helpcenter.
error-flow-foreign-title = Deze aanmelding hoort bij een andere site
error-flow-foreign-text = Je begon met aanmelden bij de ene site, maar het antwoord kwam van een andere. Dit gebeurt als er meerdere vensters openstaan. Begin opnieuw vanuit het helpcenter en blijf in hetzelfde venster.
error-flow-outdated-title = Je manier van aanmelden is veranderd
error-flow-outdated-text = Terwijl je je aanmeldde, zijn onze instellingen of je netwerk veranderd. Begin opnieuw vanuit het helpcenter.

## What the sign-in page says about the person

error-assertion-unreadable-title = We kunnen je aanmelding niet lezen
error-assertion-unreadable-text = De aanmeldpagina heeft een antwoord gestuurd dat beschadigd of onvolledig is. Begin opnieuw en neem contact op met de klantenservice als het weer gebeurt.
error-assertion-algorithm-title = De aanmeldpagina is niet goed ingesteld
error-assertion-algorithm-text = De antwoorden van die pagina zijn ondertekend op een manier die niet is afgesproken, dus zijn we gestopt. Opnieuw proberen helpt niet: neem contact op met de klantenservice.
error-assertion-signature-title = We kunnen je aanmelding niet bevestigen
error-assertion-signature-text = Het antwoord van de aanmeldpagina is niet ondertekend zoals het hoort, dus is er niemand aangemeld. Begin opnieuw en neem contact op met de klantenservice als het weer gebeurt.
error-assertion-too-old-title = Je aanmelding is verouderd
error-assertion-too-old-text = Het duurde meer dan drie minuten voordat het antwoord van de aanmeldpagina ons bereikte. Begin opnieuw.
error-assertion-from-the-future-title = Er loopt een klok niet gelijk
error-assertion-from-the-future-text = Volgens de eigen klok heeft de aanmeldpagina in de toekomst geantwoord. Probeer het over een paar minuten opnieuw en neem contact op met de klantenservice als dat niet helpt.
error-assertion-invalid-title = Er ontbreekt iets aan je aanmelding
error-assertion-invalid-text = De aanmeldpagina heeft iets weggelaten dat nodig is, of het in de verkeerde vorm gestuurd. Opnieuw proberen helpt niet: neem contact op met de klantenservice.
error-assertion-audience-title = Deze aanmelding is voor een andere dienst bedoeld
error-assertion-audience-text = Het antwoord van de aanmeldpagina is niet aan ons gericht, dus zijn we gestopt. Begin opnieuw en neem contact op met de klantenservice als het weer gebeurt.
error-session-expired-title = Je bent daar niet meer aangemeld
error-session-expired-text = Je aanmelding bij de site waar je je account hebt, is verlopen. Begin opnieuw en meld je daar nog een keer aan.
error-session-key-unknown-title = We kunnen je aanmelding nog niet bevestigen
error-session-key-unknown-text = De site waar je je account hebt, heeft je aanmelding ondertekend op een manier die we niet kennen. Misschien is dat net veranderd: begin over een minuut opnieuw en neem contact op met de klantenservice als het weer gebeurt.
error-session-issuer-title = Deze aanmelding komt van een andere dienst
error-session-issuer-text = De aanmelding is niet gemaakt door de site waarmee je je hier aanmeldt, dus zijn we gestopt. Begin opnieuw en neem contact op met de klantenservice als het weer gebeurt.
error-session-other-project-title = Deze aanmelding is voor iets anders
error-session-other-project-text = Je bent aangemeld bij een ander spel of een andere site van hetzelfde bedrijf, en dat telt hier niet. Begin opnieuw en neem contact op met de klantenservice als het weer gebeurt.
error-session-ambiguous-title = Je browser heeft twee aanmeldingen gestuurd
error-session-ambiguous-text = Ze zijn verschillend, en we kunnen niet zien welke van jou is. Meld je af bij de site waar je je account hebt, verwijder de cookies van die site en begin opnieuw.
error-other-address-title = Dit is daarvoor niet het juiste adres
error-other-address-text = Wat je zoekt, staat op een ander adres van ons. Probeer het daar opnieuw, of open het helpcenter en kies daar “Aanmelden”.
error-other-backend-title = Deze link hoort bij een andere manier van aanmelden
error-other-backend-text = Het adres waarmee je hier bent gekomen, past niet bij het helpcenter dat je wilt bezoeken. Begin opnieuw.
error-assertion-used-title = Deze aanmelding is al gebruikt
error-assertion-used-text = Elke aanmelding werkt maar één keer. Misschien heb je de pagina opnieuw geladen of ben je ernaar teruggegaan. Ben je nog niet aangemeld, begin dan opnieuw.

## Who may sign in

error-address-reserved-title = Met jouw adres meld je je ergens anders aan
error-address-reserved-text = Mensen met een e-mailadres als het jouwe melden zich op een andere manier aan en niet via deze pagina. Weet je niet hoe, vraag het dan aan de klantenservice.
error-person-denied-title = Je kunt je hier niet aanmelden
error-person-denied-text = Dit account is geblokkeerd. Opnieuw proberen helpt niet: denk je dat het een vergissing is, neem dan contact op met de klantenservice.
error-address-not-allowed-title = Je adres kan hier niet worden gebruikt
error-address-not-allowed-text = Je kunt je hier alleen met bepaalde e-mailadressen aanmelden, en het jouwe hoort daar niet bij. Meld je aan met een ander adres of vraag het aan de klantenservice.
error-email-invalid-title = Je e-mailadres is niet geldig
error-email-invalid-text = De aanmeldpagina heeft ons een e-mailadres gestuurd dat niet kan kloppen. Controleer het adres in je account en begin dan opnieuw.
error-email-missing-title = Je account heeft geen e-mailadres
error-email-missing-text = Het helpcenter herkent mensen aan hun e-mailadres, en de site waar je je account hebt, heeft ons het jouwe niet doorgegeven. Voeg er daar een toe aan je account en begin dan opnieuw.
error-email-proof-missing-title = We weten niet of het e-mailadres van jou is
error-email-proof-missing-text = De site waar je je account hebt, zegt niet of je e-mailadres is bevestigd. Alleen de klantenservice kan dit oplossen: laat het ze weten en begin dan opnieuw.
error-email-unverified-title = Bevestig eerst je e-mailadres
error-email-unverified-text = Wij hebben je zelf niets gestuurd: zoek een bericht van de site waar je je account hebt, volg de link daarin en begin dan opnieuw.
error-external-id-missing-title = Je accountnummer ontbreekt
error-external-id-missing-text = De aanmeldpagina heeft ons niet verteld welk account van jou is. Alleen de klantenservice kan dit oplossen: laat het ze weten en begin dan opnieuw.
error-external-id-not-allowed-title = Je account kon niet worden gekoppeld
error-external-id-not-allowed-text = De aanmeldpagina van dit merk noemde een klantnummer dat die pagina hier niet mag gebruiken. Geef de code hieronder door aan de klantenservice: daar kunnen ze het oplossen.
error-role-not-allowed-title = Je kunt je hier niet aanmelden met dit account
error-role-not-allowed-text = De aanmeldpagina vroeg om rechten die de pagina niet mag geven, dus zijn we gestopt. Opnieuw proberen helpt niet: neem contact op met de klantenservice.
error-attribute-not-allowed-title = Deze aanmelding zegt meer dan is toegestaan
error-attribute-not-allowed-text = De aanmeldpagina vertelde ons iets over je waarover die pagina niet mag beslissen, dus zijn we gestopt. Opnieuw proberen helpt niet: neem contact op met de klantenservice.
error-confirmation-refused-title = Dit antwoord telt niet
error-confirmation-refused-text = Het kwam te laat, was al gegeven of kwam niet van onze eigen pagina. Er is nu niemand mee aangemeld. Begin opnieuw.
error-closed-title = Aanmelden is gesloten
error-closed-text = Niemand kan zich hier nu aanmelden. De beheerders van het helpcenter zeggen:
error-loop-title = Je draait in een kringetje rond
error-loop-text = Je browser probeerde je binnen een minuut heel vaak aan of af te melden, dus hebben we hem gestopt. Controleer of je browser cookies toestaat, wacht een minuut en begin opnieuw. Helpt dat niet, neem dan contact op met de klantenservice.
error-origin-refused-title = Deze aanmeldpagina is hier niet bekend
error-origin-refused-text = De pagina die je aanmelding stuurde, hoort niet bij de pagina’s waarvan we aanmeldingen accepteren, dus zijn we gestopt. Open het helpcenter en kies daar “Aanmelden”.

## The form for an email address and a password

sign-in-title = Aanmelden bij { $brand }
# The title of a form that is shown again because something in it was wrong
problem-title = Fout: { $title }
sign-in-email = E-mailadres
sign-in-password = Wachtwoord
password-show = Wachtwoord tonen
password-hide = Wachtwoord verbergen
sign-in-button = Aanmelden
sign-in-forgot = Wachtwoord vergeten?
sign-in-register = Account maken
action-reset-password = Nieuw wachtwoord kiezen

## What may be asked for after the password

challenge-button = Doorgaan
challenge-start-over = Terug naar het begin
new-password-title = Kies een nieuw wachtwoord
new-password-text = Je hebt je aangemeld met een wachtwoord dat vervangen moet worden. Een lang wachtwoord met hoofdletters, kleine letters, cijfers en speciale tekens is het best.
new-password-label = Nieuw wachtwoord
new-password-repeated = Nieuw wachtwoord herhalen
code-title = Voer je code in
code-by-sms-text = We hebben je een sms met een code gestuurd.
code-by-email-text = We hebben je een e-mail met een code gestuurd. Het kan een minuut duren voordat die aankomt.
code-by-authenticator-text = Open je authenticator-app en typ de code die de app voor dit account toont.
code-label = Code
method-title = Hoe wil je je code krijgen?
method-text = We hebben naast je wachtwoord een code nodig, om er zeker van te zijn dat jij het bent.
method-label = Een code krijgen
method-sms = Per sms
method-email = Per e-mail
method-authenticator = Uit mijn authenticator-app
attribute-name = Volledige naam
attribute-given-name = Voornaam
attribute-middle-name = Tweede voornaam
attribute-family-name = Achternaam
attribute-nickname = Bijnaam
attribute-preferred-username = Gebruikersnaam
attribute-email = E-mailadres
attribute-phone-number = Telefoonnummer, zoals +31612345678
attribute-address = Adres
attribute-birthdate = Geboortedatum
attribute-gender = Geslacht
attribute-locale = Taal, zoals nl-NL
attribute-zoneinfo = Tijdzone, zoals Europe/Amsterdam
attribute-picture = Adres van een afbeelding
attribute-profile = Adres van een profielpagina
attribute-website = Website

error-wrong-password-title = Je bent niet aangemeld
error-wrong-password-text = Het e-mailadres of het wachtwoord klopt niet. Controleer beide en probeer het opnieuw.
error-account-unconfirmed-title = Bevestig eerst je account
error-account-unconfirmed-text = Je hebt een account, maar het is nog niet bevestigd. Zoek het bericht dat je kreeg toen je je registreerde, doe wat daarin staat en begin dan opnieuw.
error-password-reset-required-title = Je wachtwoord moet vervangen worden
error-password-reset-required-text = Je oude wachtwoord werkt niet meer. Kies een nieuw wachtwoord en begin dan opnieuw.
error-too-many-requests-title = Te veel verzoeken
error-too-many-requests-text = Vanuit je netwerk kwamen in korte tijd heel veel verzoeken. Er is niets verloren: wacht even en begin dan opnieuw.
error-too-many-attempts-title = Te veel pogingen
error-too-many-attempts-text = Iemand heeft te vaak geprobeerd zich bij dit account aan te melden. Er is niets verloren: wacht een kwartier en begin dan opnieuw.
error-wrong-code-title = Deze code werkt niet
code-sent-wrong = De code klopt niet of is al gebruikt. Controleer de code en probeer het opnieuw, of kies “Terug naar het begin” om een nieuwe te krijgen.
error-wrong-code-text = De code klopt niet of is al gebruikt. Wacht op de volgende, of controleer de code die je hebt, en probeer het opnieuw.
error-code-expired-title = Deze code is verlopen
error-code-expired-text = Een code werkt maar een paar minuten. Kies “Terug naar het begin” om een nieuwe te krijgen.
error-second-step-missing-title = Je account heeft een tweede stap nodig
error-second-step-missing-text = Alleen een wachtwoord is hier niet genoeg, en je account heeft nog niets anders. Stel een tweede stap in, zoals een authenticator-app, op de site waar je je hebt geregistreerd. Begin daarna opnieuw.
error-new-password-refused-title = Kies een ander wachtwoord
error-new-password-refused-text = Dit wachtwoord is te kort of te eenvoudig, of je hebt het al eerder gehad. Kies een ander.
error-passwords-differ-title = De wachtwoorden komen niet overeen
error-passwords-differ-text = Je hebt twee verschillende wachtwoorden getypt. Typ twee keer hetzelfde.
error-attribute-refused-title = Controleer wat je hebt getypt
error-attribute-refused-text = Er ontbreekt iets, er is iets niet goed geschreven of het hoort bij een ander account. Controleer wat je hebt getypt en probeer het opnieuw.
error-challenge-over-title = Dat duurde te lang
error-challenge-over-text = Voor je veiligheid is er maar weinig tijd voor deze stap, en hij werkt maar één keer. Meld je opnieuw aan.
error-form-refused-title = Dit formulier is niet te vertrouwen
error-form-refused-text = Het kwam niet van onze eigen pagina of niet uit deze browser. Er is niemand aangemeld. Begin opnieuw.
error-ticket-refused-title = Deze link werkt niet
error-ticket-refused-text = Hij is beschadigd of voor iemand anders gemaakt. Er is niemand aangemeld. Ga terug naar het helpcenter en meld je daar aan.
error-ticket-expired-title = Je aanmelding duurde te lang
error-ticket-expired-text = Voor je veiligheid werkt deze link maar één minuut. Ga terug naar het helpcenter en meld je opnieuw aan.

## What the script of a company’s own sign-in page is told. Whoever wrote it reads this.

post-unreadable = De body van het verzoek moet één JSON-object of één formulier zijn, waarin elke naam één keer voorkomt.
post-field-missing = De body van het verzoek heeft geen “{ $field }”.
post-field-invalid = Wat de body van het verzoek als “{ $field }” heeft, hoort daar niet.

## What is out of order

error-store-unavailable-title = Aanmelden is nu niet mogelijk
error-store-unavailable-text = Een deel van onze dienst werkt niet. Het is niet jouw schuld, en er is niemand aangemeld. Probeer het over een paar minuten opnieuw.
error-too-many-from-backend-title = Te veel aanmeldingen tegelijk
error-too-many-from-backend-text = Er komen veel meer aanmeldingen dan normaal van de aanmeldpagina van dit helpcenter, en we kunnen die van jou nu niet accepteren. Het is niet jouw schuld, en er is niemand aangemeld. Probeer het over vijf minuten opnieuw en neem contact op met de klantenservice als het weer gebeurt.
error-too-many-from-network-title = Te veel aanmeldingen vanuit je netwerk
error-too-many-from-network-text = Er komen veel meer aanmeldingen dan normaal vanuit het netwerk waarin je zit, en we kunnen die van jou nu niet accepteren. Er is niemand aangemeld. Wacht vijf minuten en begin dan opnieuw, of gebruik een ander netwerk.
error-internal-title = Er is iets misgegaan
error-internal-text = De fout ligt bij ons, niet bij jou. Probeer het over een paar minuten opnieuw en neem contact op met de klantenservice als het weer gebeurt.

## What Zendesk reports at the remote logout address

error-zendesk-invalid-request-title = Het helpcenter heeft de aanmelding niet geaccepteerd
error-zendesk-invalid-request-text = De aanmelding kwam op de verkeerde plaats aan. Er is niemand afgemeld. Begin opnieuw en neem contact op met de klantenservice als het weer gebeurt.
error-zendesk-signature-title = Het helpcenter kon de aanmelding niet bevestigen
error-zendesk-signature-text = Het aanmelden is niet goed ingesteld tussen ons en het helpcenter. Er is niemand afgemeld. Opnieuw proberen helpt niet: neem contact op met de klantenservice.
error-zendesk-not-allowed-title = Je adres kan hier niet worden gebruikt
error-zendesk-not-allowed-text = Het helpcenter staat niet toe dat je je met je e-mailadres registreert. Er is niemand afgemeld. Meld je aan met een ander adres of vraag het aan de klantenservice.
error-zendesk-token-used-title = Deze aanmelding is al gebruikt
error-zendesk-token-used-text = Het helpcenter accepteert elke aanmelding maar één keer. Er is niemand afgemeld, en waarschijnlijk ben je aangemeld: ga door naar het helpcenter of begin opnieuw.
error-zendesk-clock-title = Je aanmelding duurde te lang
error-zendesk-clock-text = De aanmelding was verouderd toen die het helpcenter bereikte. Er is niemand afgemeld. Begin opnieuw en neem contact op met de klantenservice als het weer gebeurt.
error-zendesk-rate-limit-title = Te veel mensen tegelijk
error-zendesk-rate-limit-text = Het helpcenter accepteert maar een bepaald aantal aanmeldingen tegelijk. Er is niemand afgemeld. Wacht een minuut en probeer het opnieuw.
error-zendesk-external-id-title = Je account bestaat twee keer
error-zendesk-external-id-text = Het helpcenter kent je e-mailadres al met een ander accountnummer, of je accountnummer met een ander e-mailadres. Er is niemand afgemeld. Alleen de klantenservice kan dit oplossen: laat het ze weten.
error-zendesk-unreadable-title = Het helpcenter kon de aanmelding niet lezen
error-zendesk-unreadable-text = De aanmelding is niet volledig aangekomen. Er is niemand afgemeld. Begin opnieuw en neem contact op met de klantenservice als het weer gebeurt.
error-zendesk-unknown-title = Het helpcenter heeft je niet aangemeld
error-zendesk-unknown-text = Het gaf geen reden die we kennen. Er is niemand afgemeld. Probeer het opnieuw en neem contact op met de klantenservice als het weer gebeurt.
error-backend-denied-title = Je bent niet aangemeld
error-backend-denied-text = De aanmeldpagina heeft de aanmelding geweigerd, of je hebt de pagina verlaten voordat je klaar was. Probeer het opnieuw; blijft het gebeuren, geef de code hieronder dan door aan de klantenservice.
error-backend-unproven-title = We kunnen je aanmelding niet bevestigen
error-backend-unproven-text = Wat de aanmeldpagina terugstuurde, hoort niet bij deze aanmelding of komt niet echt van die pagina. Er is niemand aangemeld. Begin opnieuw; blijft het gebeuren, geef de code hieronder dan door aan de klantenservice.
error-backend-again-title = Meld je nog een keer aan
error-backend-again-text = De aanmeldpagina kon de aanmelding niet voltooien: misschien heb je een tijd gewacht, of is het er druk. Begin opnieuw; blijft het gebeuren, geef de code hieronder dan door aan de klantenservice.
error-backend-over-title = Deze aanmelding is voorbij
error-backend-over-text = Wat de aanmeldpagina terugstuurde, is al gebruikt of deed er te lang over om aan te komen. Begin opnieuw.
error-backend-unavailable-title = Aanmelden is nu niet beschikbaar
error-backend-unavailable-text = Het systeem dat je account kent, reageert niet. Probeer het over een paar minuten opnieuw.
