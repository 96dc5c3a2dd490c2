### What end users read; en.ftl says for whom and how.

## Choosing a brand

brands-title = Où souhaitez-vous vous connecter ?
brands-text = Choisissez le centre d’aide que vous souhaitez consulter.
# Where there are more than one page shows
brands-search = Rechercher par nom
brands-search-button = Rechercher
brands-before = Page précédente
brands-after = Page suivante
brands-not-found = Aucun centre d’aide ne contient ce mot dans son nom. Essayez un autre mot, ou ouvrez le centre d’aide que vous souhaitez consulter et choisissez « Se connecter ».
brands-none = Il n’y a rien à choisir ici. Ouvrez le centre d’aide que vous souhaitez consulter et choisissez « Se connecter ».

## Handing over to Zendesk

hand-off-title = Connexion à { $brand } en cours…
hand-off-text = Cela ne prend qu’un instant.
hand-off-by-hand = Si rien ne se passe, appuyez sur le bouton.
hand-off-button = Terminer la connexion
hand-off-over-title = Vous voici de retour sur une page précédente
hand-off-over-text = Il n’y a plus rien à faire ici. Vous pouvez continuer directement.
hand-off-over-link = Accéder à { $brand }

# While the sign-in of a company's own page goes on
ticket-title = Connexion en cours…
ticket-scripts-title = Cette étape nécessite JavaScript
ticket-scripts = Il est désactivé dans votre navigateur. Activez-le, puis reconnectez-vous depuis le centre d’aide.

## Asking before signing in

confirm-title = Continuer vers { $brand } en tant que { $email } ?
confirm-sent-by = Nous posons la question parce que vous arrivez sur cette page depuis un autre site web :
confirm-from-unknown = Nous posons la question parce que votre navigateur ne nous indique pas de quel site web vous venez.
confirm-from-no-page = Nous posons la question parce que vous ne venez pas du centre d’aide, mais directement d’une adresse, par exemple d’un favori ou d’un lien dans un message.
confirm-again = Nous posons la question parce que quelqu’un a indiqué ici, il y a quelques minutes, ne pas être la personne connectée à l’autre site.
confirm-code-hint = Si cette question revient à chaque fois, veuillez indiquer ce code à l’assistance.
confirm-advice = Ne continuez que si cette adresse est la vôtre et si vous venez de vous connecter vous-même. Sinon, le compte de quelqu’un d’autre pourrait s’ouvrir dans votre navigateur.
confirm-button = Continuer
confirm-not-me = Ce n’est pas moi

## Somebody is not who the site says they are

not-me-title = Déconnectez-vous d’abord de l’autre site
not-me-text = Quelqu’un est connecté au site où se trouvent les comptes, et nous ne pouvons pas le déconnecter à votre place.
not-me-site = Ouvrez le site :
not-me-sign-out = Déconnectez-vous de ce site.
not-me-return = Revenez sur cette page et connectez-vous avec votre propre compte.
not-me-again = Se connecter avec mon compte

# Shown for a moment, and only where a browser runs no scripts
onward-link = Continuer vers la page de connexion

## Signed out

signed-out-title = Vous êtes déconnecté
signed-out-text = Merci de votre visite. Si d’autres personnes utilisent cet appareil, fermez aussi toutes les fenêtres de votre navigateur.
signed-out-home-of = Retour à { $brand }

## The front page

home-title = Ceci est un service de connexion
home-text = Il conduit les visiteurs d’un centre d’aide à la bonne page de connexion, puis les ramène.
home-advice = Il n’y a rien à faire ici. Pour vous connecter, ouvrez le centre d’aide que vous souhaitez consulter et choisissez « Se connecter ».

## What every error page has

error-code = Code
error-code-hint = Si vous demandez de l’aide, indiquez ce code. Il nous permet de retrouver ce qui s’est passé.
error-parameter = La partie de l’adresse concernée s’appelle « { $parameter } ».
error-support = Contacter l’assistance de { $brand }
action-start-again = Recommencer
action-continue = Continuer vers le centre d’aide
action-home = Accéder au centre d’aide
action-choose = Choisir un centre d’aide
action-registered = Accéder au site où vous avez créé votre compte
action-try-again = Réessayer

## The request itself

error-malformed-request-title = Ce lien est endommagé
error-malformed-request-text = L’adresse qui vous a conduit ici est incomplète, trop longue ou a été modifiée en chemin. Retournez au centre d’aide et connectez-vous à partir de là.
error-return-to-refused-title = Ce lien mène ailleurs
error-return-to-refused-text = Le lien nous demande de vous envoyer vers un site web qui n’appartient pas à ce centre d’aide. Nous nous sommes donc arrêtés. Ouvrez vous-même le centre d’aide et connectez-vous à partir de là.
error-return-to-miswritten-title = Ce lien n’est pas écrit correctement
error-return-to-miswritten-text = Il mène à une page du centre d’aide, mais son adresse est mal écrite : elle contient peut-être un espace ou commence par « http: ». Ouvrez vous-même le centre d’aide et connectez-vous à partir de là.
error-unknown-brand-title = Nous ne connaissons pas ce centre d’aide
error-unknown-brand-text = Le lien n’indique pas à quel centre d’aide vous souhaitez vous connecter, ou en nomme un qui n’est pas configuré ici. Retournez au centre d’aide et connectez-vous à partir de là.
error-no-token-title = La connexion ne nous est pas parvenue
error-no-token-text = La page de connexion vous a renvoyé sans dire qui vous êtes. Recommencez depuis le centre d’aide.
error-token-too-large-title = La connexion est trop volumineuse
error-token-too-large-text = La page de connexion a envoyé plus d’informations sur vous que nous ne pouvons en accepter. Réessayer n’y changera rien : contactez l’assistance.
error-body-too-large-title = Trop de données à la fois
error-body-too-large-text = Votre navigateur a envoyé plus de données que cette page ne peut en accepter. Recommencez depuis le centre d’aide et, si cela se reproduit, contactez l’assistance.
error-address-too-long-title = Ce lien est trop long
error-address-too-long-text = L’adresse qui vous a conduit ici est plus longue que ce que nous pouvons accepter. Ouvrez la page d’accueil du centre d’aide et connectez-vous à partir de là.
error-headers-too-large-title = Votre navigateur a envoyé trop de données
error-headers-too-large-text = Votre navigateur conserve pour cette page plus de cookies qu’elle ne peut en accepter. Supprimez les cookies de ce site, puis reconnectez-vous depuis le centre d’aide.
error-request-too-slow-title = Cela a pris trop de temps
error-request-too-slow-text = La connexion au réseau était trop lente pour que nous puissions lire ce que demandait votre navigateur. Veuillez réessayer.
error-wrong-content-type-title = Nous ne pouvons pas lire cette réponse
error-wrong-content-type-text = La page de connexion a envoyé sa réponse sous une forme que nous ne comprenons pas. Réessayer n’y changera rien : contactez l’assistance.
error-post-invalid-title = La page de connexion a envoyé quelque chose d’incorrect
error-post-invalid-text = Elle a omis quelque chose, ou l’a envoyé sous une forme que nous ne comprenons pas. Personne n’a été connecté. Réessayer n’y changera rien : contactez l’assistance.
error-method-not-allowed-title = Cela ne fonctionne pas ici
error-method-not-allowed-text = Cette adresse ne peut pas être utilisée comme votre navigateur vient d’essayer de le faire. Retournez au centre d’aide et connectez-vous à partir de là.
error-not-found-title = Il n’y a rien ici
error-not-found-text = L’adresse est peut-être mal écrite ou n’est plus valable. Pour vous connecter, ouvrez le centre d’aide et choisissez « Se connecter ».
error-prefetch-title = Pas encore
error-prefetch-text = Votre navigateur a essayé de charger cette page avant que vous ne le demandiez. Rien ne s’est passé. Pour vous connecter maintenant, recommencez depuis le centre d’aide.

## The sign-in that the browser has begun

error-flow-missing-title = Nous ne trouvons pas votre connexion
error-flow-missing-text = Vous l’avez peut-être commencée dans un autre navigateur ou il y a plus d’un jour, ou votre navigateur bloque les cookies. Autorisez les cookies pour ce site et recommencez depuis le centre d’aide.
error-flow-expired-title = Votre connexion a pris trop de temps
error-flow-expired-text = Pour votre sécurité, une connexion doit être terminée en moins d’une heure. Veuillez recommencer.
error-flow-used-title = Cette connexion est déjà terminée
error-flow-used-text = Chaque connexion ne sert qu’une fois, et celle-ci a déjà servi. Vous êtes probablement connecté : continuez vers le centre d’aide ou recommencez.
error-flow-altered-title = Nous ne pouvons plus lire votre connexion
error-flow-altered-text = Ce service a redémarré pendant que vous vous connectiez, ou les données conservées par votre navigateur ont été modifiées. Reconnectez-vous depuis le centre d’aide.
error-flow-foreign-title = Cette connexion appartient à un autre site
error-flow-foreign-text = Vous avez commencé à vous connecter sur un site, et la réponse est venue d’un autre. Cela arrive quand plusieurs fenêtres sont ouvertes. Recommencez depuis le centre d’aide et terminez dans la même fenêtre.
error-flow-outdated-title = Votre façon de vous connecter a changé
error-flow-outdated-text = Pendant que vous vous connectiez, nos paramètres ou votre réseau ont changé. Recommencez depuis le centre d’aide.

## What the sign-in page says about the person

error-assertion-unreadable-title = Nous ne pouvons pas lire votre connexion
error-assertion-unreadable-text = La page de connexion a envoyé une réponse endommagée ou incomplète. Recommencez et, si cela se reproduit, contactez l’assistance.
error-assertion-algorithm-title = La page de connexion n’est pas configurée correctement
error-assertion-algorithm-text = Elle signe ses réponses d’une façon qui n’a pas été convenue. Nous nous sommes donc arrêtés. Réessayer n’y changera rien : contactez l’assistance.
error-assertion-signature-title = Nous ne pouvons pas confirmer votre connexion
error-assertion-signature-text = La réponse de la page de connexion n’est pas signée comme elle devrait l’être. Personne n’a donc été connecté. Recommencez et, si cela se reproduit, contactez l’assistance.
error-assertion-too-old-title = Votre connexion n’est plus valable
error-assertion-too-old-text = Plus de trois minutes se sont écoulées avant que la réponse de la page de connexion ne nous parvienne. Veuillez recommencer.
error-assertion-from-the-future-title = Une horloge n’est pas à l’heure
error-assertion-from-the-future-text = D’après sa propre horloge, la page de connexion a répondu dans le futur. Réessayez dans quelques minutes et, si cela ne suffit pas, contactez l’assistance.
error-assertion-invalid-title = Il manque quelque chose à votre connexion
error-assertion-invalid-text = La page de connexion a omis une information nécessaire, ou l’a envoyée sous une mauvaise forme. Réessayer n’y changera rien : contactez l’assistance.
error-assertion-audience-title = Cette connexion est destinée à un autre service
error-assertion-audience-text = La réponse de la page de connexion ne nous est pas adressée. Nous nous sommes donc arrêtés. Recommencez et, si cela se reproduit, contactez l’assistance.
error-session-expired-title = Vous n’êtes plus connecté à votre compte
error-session-expired-text = Votre connexion au site où vous avez votre compte a expiré. Recommencez et connectez-vous de nouveau à ce site.
error-session-key-unknown-title = Nous ne pouvons pas encore confirmer votre connexion
error-session-key-unknown-text = Le site où vous avez votre compte l’a signée d’une façon que nous ne connaissons pas. Il vient peut-être d’en changer : recommencez dans une minute et, si cela se reproduit, contactez l’assistance.
error-session-issuer-title = Cette connexion vient d’un autre service
error-session-issuer-text = Elle ne vient pas du site où l’on se connecte ici. Nous nous sommes donc arrêtés. Recommencez et, si cela se reproduit, contactez l’assistance.
error-session-other-project-title = Cette connexion est destinée à autre chose
error-session-other-project-text = Vous êtes connecté à un autre jeu ou à un autre site de la même société, ce qui ne compte pas ici. Recommencez et, si cela se reproduit, contactez l’assistance.
error-session-ambiguous-title = Votre navigateur a envoyé deux connexions
error-session-ambiguous-text = Elles sont différentes, et nous ne pouvons pas savoir laquelle est la vôtre. Déconnectez-vous du site où vous avez votre compte, supprimez les cookies de ce site, puis recommencez.
error-other-address-title = Ce n’est pas la bonne adresse pour cela
error-other-address-text = Ce que vous cherchez se trouve à une autre de nos adresses. Réessayez à cette adresse, ou ouvrez le centre d’aide et choisissez « Se connecter ».
error-other-backend-title = Ce lien correspond à une autre façon de se connecter
error-other-backend-text = L’adresse qui vous a conduit ici ne correspond pas au centre d’aide que vous souhaitez consulter. Veuillez recommencer.
error-assertion-used-title = Cette connexion a déjà servi
error-assertion-used-text = Chaque connexion ne sert qu’une fois. Vous avez peut-être rechargé la page ou y êtes revenu. Si vous n’êtes pas encore connecté, recommencez.

## Who may sign in

error-address-reserved-title = Avec votre adresse, on se connecte ailleurs
error-address-reserved-text = Les personnes ayant une adresse e-mail comme la vôtre se connectent d’une autre façon, et non par cette page. Si vous ne savez pas laquelle, contactez l’assistance.
error-person-denied-title = Vous ne pouvez pas vous connecter ici
error-person-denied-text = Ce compte est bloqué. Réessayer n’y changera rien : si vous pensez qu’il s’agit d’une erreur, contactez l’assistance.
error-address-not-allowed-title = Votre adresse ne peut pas être utilisée ici
error-address-not-allowed-text = Seules certaines adresses e-mail permettent de se connecter ici, et la vôtre n’en fait pas partie. Connectez-vous avec une autre, ou contactez l’assistance.
error-email-invalid-title = Votre adresse e-mail n’est pas valide
error-email-invalid-text = La page de connexion nous a envoyé une adresse e-mail qui ne peut pas être correcte. Vérifiez l’adresse dans votre compte, puis recommencez.
error-email-missing-title = Votre compte n’a pas d’adresse e-mail
error-email-missing-text = Le centre d’aide reconnaît les personnes à leur adresse e-mail, et le site où vous avez votre compte ne nous a pas donné la vôtre. Ajoutez-en une à votre compte sur ce site, puis recommencez.
error-email-proof-missing-title = Nous ne savons pas si cette adresse e-mail est la vôtre
error-email-proof-missing-text = Le site où vous avez votre compte ne dit pas si votre adresse e-mail a été confirmée. Seule l’assistance peut y remédier : contactez-la, puis recommencez.
error-email-unverified-title = Confirmez d’abord votre adresse e-mail
error-email-unverified-text = Nous ne vous avons rien envoyé nous-mêmes : cherchez un message du site où vous avez votre compte, suivez le lien qu’il contient, puis recommencez.
error-external-id-missing-title = Il manque votre numéro de compte
error-external-id-missing-text = La page de connexion ne nous a pas dit quel compte est le vôtre. Seule l’assistance peut y remédier : contactez-la, puis recommencez.
error-external-id-not-allowed-title = Votre compte n’a pas pu être associé
error-external-id-not-allowed-text = La page de connexion de cette marque a indiqué un numéro de client qu’elle ne peut pas utiliser ici. Indiquez le code ci-dessous à l’assistance : elle peut y remédier.
error-role-not-allowed-title = Ce compte ne permet pas de se connecter ici
error-role-not-allowed-text = La page de connexion a demandé des droits qu’elle ne peut pas accorder. Nous nous sommes donc arrêtés. Réessayer n’y changera rien : contactez l’assistance.
error-attribute-not-allowed-title = Cette connexion en dit plus qu’elle ne devrait
error-attribute-not-allowed-text = La page de connexion nous a transmis à votre sujet une information dont elle ne peut pas décider. Nous nous sommes donc arrêtés. Réessayer n’y changera rien : contactez l’assistance.
error-confirmation-refused-title = Cette réponse ne compte pas
error-confirmation-refused-text = Elle est arrivée trop tard, avait déjà été donnée ou ne venait pas de notre page. Elle n’a connecté personne cette fois-ci. Veuillez recommencer.
error-closed-title = Les connexions sont suspendues
error-closed-text = Personne ne peut se connecter ici pour le moment. Les responsables du centre d’aide indiquent :
error-loop-title = Vous tournez en rond
error-loop-text = Votre navigateur a essayé de nombreuses fois en une minute de vous connecter ou de vous déconnecter. Nous l’avons donc arrêté. Vérifiez que votre navigateur autorise les cookies, attendez une minute et recommencez. Si cela ne suffit pas, contactez l’assistance.
error-origin-refused-title = Cette page de connexion n’est pas connue ici
error-origin-refused-text = La page qui a envoyé votre connexion ne fait pas partie de celles que nous acceptons. Nous nous sommes donc arrêtés. Ouvrez le centre d’aide et choisissez « Se connecter ».

## The form for an email address and a password

sign-in-title = Se connecter à { $brand }
# The title of a form that is shown again because something in it was wrong
problem-title = Erreur : { $title }
sign-in-email = Adresse e-mail
sign-in-password = Mot de passe
password-show = Afficher le mot de passe
password-hide = Masquer le mot de passe
sign-in-button = Se connecter
sign-in-forgot = Mot de passe oublié ?
sign-in-register = Créer un compte
action-reset-password = Choisir un nouveau mot de passe

## What may be asked for after the password

challenge-button = Continuer
challenge-start-over = Tout recommencer
new-password-title = Choisissez un nouveau mot de passe
new-password-text = Vous vous êtes connecté avec un mot de passe qui doit être remplacé. Les meilleurs sont longs, avec des majuscules, des minuscules, des chiffres et des caractères spéciaux.
new-password-label = Nouveau mot de passe
new-password-repeated = Confirmez le nouveau mot de passe
code-title = Saisissez votre code
code-by-sms-text = Nous vous avons envoyé un SMS contenant un code.
code-by-email-text = Nous vous avons envoyé un e-mail contenant un code. Il peut mettre une minute à arriver.
code-by-authenticator-text = Ouvrez votre application d’authentification et saisissez le code qu’elle affiche pour ce compte.
code-label = Code
method-title = Comment souhaitez-vous recevoir votre code ?
method-text = En plus de votre mot de passe, nous avons besoin d’un code pour être sûrs que c’est bien vous.
method-label = Recevoir un code
method-sms = Par SMS
method-email = Par e-mail
method-authenticator = Avec mon application d’authentification
attribute-name = Nom complet
attribute-given-name = Prénom
attribute-middle-name = Deuxième prénom
attribute-family-name = Nom de famille
attribute-nickname = Surnom
attribute-preferred-username = Nom d’utilisateur
attribute-email = Adresse e-mail
attribute-phone-number = Numéro de téléphone, par exemple +33612345678
attribute-address = Adresse
attribute-birthdate = Date de naissance
attribute-gender = Sexe
attribute-locale = Langue, par exemple fr-FR
attribute-zoneinfo = Fuseau horaire, par exemple Europe/Paris
attribute-picture = Adresse d’une image
attribute-profile = Adresse d’une page de profil
attribute-website = Site web

error-wrong-password-title = La connexion n’a pas abouti
error-wrong-password-text = L’adresse e-mail ou le mot de passe est incorrect. Vérifiez les deux et réessayez.
error-account-unconfirmed-title = Confirmez d’abord votre compte
error-account-unconfirmed-text = Vous avez un compte, mais il n’a pas encore été confirmé. Cherchez le message que vous avez reçu lors de votre inscription, faites ce qu’il indique, puis recommencez.
error-password-reset-required-title = Votre mot de passe doit être remplacé
error-password-reset-required-text = Votre ancien mot de passe ne fonctionne plus. Choisissez-en un nouveau, puis recommencez.
error-too-many-requests-title = Trop de requêtes
error-too-many-requests-text = De très nombreuses requêtes sont venues de votre réseau en peu de temps. Rien n’est perdu : attendez un instant et recommencez.
error-too-many-attempts-title = Trop de tentatives
error-too-many-attempts-text = Quelqu’un a essayé trop souvent de se connecter à ce compte. Rien n’est perdu : attendez un quart d’heure, puis recommencez.
error-wrong-code-title = Ce code ne fonctionne pas
code-sent-wrong = Le code est incorrect ou a déjà servi. Vérifiez-le et réessayez, ou choisissez « Tout recommencer » pour en recevoir un nouveau.
error-wrong-code-text = Le code est incorrect ou a déjà servi. Attendez le suivant, ou vérifiez celui que vous avez, et réessayez.
error-code-expired-title = Ce code a expiré
error-code-expired-text = Un code ne fonctionne que quelques minutes. Choisissez « Tout recommencer » pour en recevoir un nouveau.
error-second-step-missing-title = Votre compte nécessite une seconde étape
error-second-step-missing-text = Un mot de passe seul ne suffit pas ici, et votre compte n’a encore rien d’autre. Configurez une seconde étape, comme une application d’authentification, sur le site où vous avez créé votre compte. Ensuite, recommencez.
error-new-password-refused-title = Choisissez un autre mot de passe
error-new-password-refused-text = Ce mot de passe est trop court ou trop simple, ou vous l’avez déjà utilisé. Choisissez-en un autre.
error-passwords-differ-title = Les mots de passe ne correspondent pas
error-passwords-differ-text = Vous avez saisi deux mots de passe différents. Saisissez deux fois le même.
error-attribute-refused-title = Vérifiez ce que vous avez saisi
error-attribute-refused-text = Il manque quelque chose, ou quelque chose n’est pas écrit comme il faut ou appartient à un autre compte. Vérifiez ce que vous avez saisi et réessayez.
error-challenge-over-title = Cela a pris trop de temps
error-challenge-over-text = Pour votre sécurité, le temps accordé à cette étape est court, et elle ne fonctionne qu’une fois. Veuillez vous reconnecter.
error-form-refused-title = Ce formulaire n’est pas digne de confiance
error-form-refused-text = Il ne venait pas de notre page, ou pas de ce navigateur. Personne n’a été connecté. Veuillez recommencer.
error-ticket-refused-title = Ce lien ne fonctionne pas
error-ticket-refused-text = Il est endommagé ou a été créé pour quelqu’un d’autre. Personne n’a été connecté. Retournez au centre d’aide et connectez-vous à partir de là.
error-ticket-expired-title = Votre connexion a pris trop de temps
error-ticket-expired-text = Pour votre sécurité, ce lien ne fonctionne que pendant une minute. Retournez au centre d’aide et reconnectez-vous.

## What the script of a company’s own sign-in page is told. Whoever wrote it reads this.

post-unreadable = Le corps de la requête doit être un seul objet JSON ou un seul formulaire, où chaque nom figure une fois.
post-field-missing = Il manque « { $field } » dans le corps de la requête.
post-field-invalid = La valeur de « { $field } » dans le corps de la requête n’y a pas sa place.

## What is out of order

error-store-unavailable-title = La connexion n’est pas possible pour le moment
error-store-unavailable-text = Une partie de notre service ne fonctionne pas. Ce n’est pas votre faute, et personne n’a été connecté. Réessayez dans quelques minutes.
error-too-many-from-backend-title = Trop de connexions à la fois
error-too-many-from-backend-text = La page de connexion de ce centre d’aide nous envoie beaucoup plus de connexions que d’habitude, et nous ne pouvons pas accepter la vôtre pour le moment. Ce n’est pas votre faute, et personne n’a été connecté. Réessayez dans cinq minutes et, si cela se reproduit, contactez l’assistance.
error-too-many-from-network-title = Trop de connexions depuis votre réseau
error-too-many-from-network-text = Beaucoup plus de connexions que d’habitude viennent du réseau où vous êtes, et nous ne pouvons pas accepter la vôtre pour le moment. Personne n’a été connecté. Attendez cinq minutes, puis recommencez, ou utilisez un autre réseau.
error-internal-title = Un problème est survenu
error-internal-text = L’erreur vient de nous, pas de vous. Réessayez dans quelques minutes et, si cela se reproduit, contactez l’assistance.

## What Zendesk reports at the remote logout address

error-zendesk-invalid-request-title = Le centre d’aide n’a pas accepté la connexion
error-zendesk-invalid-request-text = La connexion est arrivée au mauvais endroit. Personne n’a été déconnecté. Recommencez et, si cela se reproduit, contactez l’assistance.
error-zendesk-signature-title = Le centre d’aide n’a pas pu confirmer la connexion
error-zendesk-signature-text = La connexion n’est pas configurée correctement entre nous et le centre d’aide. Personne n’a été déconnecté. Réessayer n’y changera rien : contactez l’assistance.
error-zendesk-not-allowed-title = Votre adresse ne peut pas être utilisée ici
error-zendesk-not-allowed-text = Le centre d’aide n’autorise pas l’inscription avec votre adresse e-mail. Personne n’a été déconnecté. Connectez-vous avec une autre adresse, ou contactez l’assistance.
error-zendesk-token-used-title = Cette connexion a déjà servi
error-zendesk-token-used-text = Le centre d’aide n’accepte chaque connexion qu’une fois. Personne n’a été déconnecté, et vous êtes probablement connecté : continuez vers le centre d’aide ou recommencez.
error-zendesk-clock-title = Votre connexion a pris trop de temps
error-zendesk-clock-text = Elle n’était plus valable en arrivant au centre d’aide. Personne n’a été déconnecté. Recommencez et, si cela se reproduit, contactez l’assistance.
error-zendesk-rate-limit-title = Trop de monde à la fois
error-zendesk-rate-limit-text = Le centre d’aide n’accepte qu’un certain nombre de connexions à la fois. Personne n’a été déconnecté. Attendez une minute et réessayez.
error-zendesk-external-id-title = Votre compte existe en double
error-zendesk-external-id-text = Le centre d’aide connaît déjà votre adresse e-mail avec un autre numéro de compte, ou votre numéro de compte avec une autre adresse e-mail. Personne n’a été déconnecté. Seule l’assistance peut y remédier : contactez-la.
error-zendesk-unreadable-title = Le centre d’aide n’a pas pu lire la connexion
error-zendesk-unreadable-text = Elle n’est pas arrivée en entier. Personne n’a été déconnecté. Recommencez et, si cela se reproduit, contactez l’assistance.
error-zendesk-unknown-title = Le centre d’aide ne vous a pas connecté
error-zendesk-unknown-text = Il n’a pas donné de raison que nous connaissions. Personne n’a été déconnecté. Réessayez et, si cela se reproduit, contactez l’assistance.
error-backend-denied-title = La connexion n’a pas abouti
error-backend-denied-text = La page de connexion a refusé la connexion, ou vous avez quitté cette page avant d’avoir terminé. Réessayez ; si cela continue, indiquez le code ci-dessous à l’assistance.
error-backend-unproven-title = Nous ne pouvons pas confirmer votre connexion
error-backend-unproven-text = Ce que la page de connexion a renvoyé ne correspond pas à cette connexion, ou ne vient pas vraiment d’elle. Personne n’a été connecté. Recommencez ; si cela continue, indiquez le code ci-dessous à l’assistance.
error-backend-again-title = Veuillez vous reconnecter
error-backend-again-text = La page de connexion n’a pas pu terminer : vous avez peut-être attendu un moment, ou elle est très sollicitée. Recommencez ; si cela continue, indiquez le code ci-dessous à l’assistance.
error-backend-over-title = Cette connexion est terminée
error-backend-over-text = Ce que la page de connexion a renvoyé a déjà servi ou a mis trop de temps à arriver. Veuillez recommencer.
error-backend-unavailable-title = La connexion n’est pas disponible pour le moment
error-backend-unavailable-text = Le système qui connaît votre compte ne répond pas. Réessayez dans quelques minutes.
