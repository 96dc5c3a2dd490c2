### What end users read; en.ftl says for whom and how.

## Choosing a brand

brands-title = ¿Dónde quiere iniciar sesión?
brands-text = Elija el centro de ayuda que quiere visitar.
# Where there are more than one page shows
brands-search = Buscar por nombre
brands-search-button = Buscar
brands-before = Página anterior
brands-after = Página siguiente
brands-not-found = Ningún centro de ayuda contiene ese texto en su nombre. Pruebe con otra palabra, o abra el centro de ayuda que quiere visitar y elija allí «Iniciar sesión».
brands-none = Aquí no hay nada que elegir. Abra el centro de ayuda que quiere visitar y elija allí «Iniciar sesión».

## Handing over to Zendesk

hand-off-title = Iniciando sesión en { $brand }…
hand-off-text = Solo tardará un momento.
hand-off-by-hand = Si no ocurre nada, pulse el botón.
hand-off-button = Terminar de iniciar sesión
hand-off-over-title = Ha vuelto a una página anterior
hand-off-over-text = Aquí no hay nada más que hacer. Puede continuar directamente.
hand-off-over-link = Ir a { $brand }

# While the sign-in of a company's own page goes on
ticket-title = Iniciando sesión…
ticket-scripts-title = Este paso necesita JavaScript
ticket-scripts = Su navegador lo tiene desactivado. Actívelo y vuelva a iniciar sesión desde el centro de ayuda.

## Asking before signing in

confirm-title = ¿Continuar a { $brand } como { $email }?
confirm-sent-by = Se lo preguntamos porque ha llegado a esta página desde otro sitio web:
confirm-from-unknown = Se lo preguntamos porque su navegador no nos dice de qué sitio web viene.
confirm-from-no-page = Se lo preguntamos porque no viene del centro de ayuda, sino que ha abierto una dirección por su cuenta, por ejemplo desde un marcador o un enlace de un mensaje.
confirm-again = Se lo preguntamos porque hace unos minutos alguien dijo aquí que no es la persona que tiene la sesión iniciada allí.
confirm-code-hint = Si esta pregunta aparece siempre, indique este código al equipo de soporte.
confirm-advice = Continúe solo si esta es su dirección y quien acaba de iniciar sesión es usted. De lo contrario, podría abrirse en su navegador la cuenta de otra persona.
confirm-button = Continuar
confirm-not-me = No soy yo

## Somebody is not who the site says they are

not-me-title = Cierre primero la sesión allí
not-me-text = Alguien ha iniciado sesión en el sitio donde las personas tienen su cuenta, y no podemos cerrar esa sesión por usted.
not-me-site = Abra el sitio:
not-me-sign-out = Cierre la sesión allí.
not-me-return = Vuelva a esta página e inicie sesión con su propia cuenta.
not-me-again = Iniciar sesión con mi cuenta

# Shown for a moment, and only where a browser runs no scripts
onward-link = Continuar a la página de inicio de sesión

## Signed out

signed-out-title = Ha cerrado la sesión
signed-out-text = Gracias por su visita. Si otras personas también usan este dispositivo, cierre además todas las ventanas de su navegador.
signed-out-home-of = Volver a { $brand }

## The front page

home-title = Este es un servicio de inicio de sesión
home-text = Lleva a las personas de un centro de ayuda a la página de inicio de sesión correcta y las trae de vuelta.
home-advice = Aquí no hay nada que hacer. Para iniciar sesión, abra el centro de ayuda que quiere visitar y elija allí «Iniciar sesión».

## What every error page has

error-code = Código
error-code-hint = Si pide ayuda, indique este código. Nos permite averiguar qué ha ocurrido.
error-parameter = La parte de la dirección a la que nos referimos se llama «{ $parameter }».
error-support = Contactar con el soporte de { $brand }
action-start-again = Empezar de nuevo
action-continue = Continuar al centro de ayuda
action-home = Ir al centro de ayuda
action-choose = Elegir un centro de ayuda
action-registered = Ir al sitio donde se registró
action-try-again = Intentarlo de nuevo

## The request itself

error-malformed-request-title = Este enlace está dañado
error-malformed-request-text = La dirección que le ha traído aquí está incompleta, es demasiado larga o ha sido modificada por el camino. Vuelva al centro de ayuda e inicie sesión desde allí.
error-return-to-refused-title = Este enlace lleva a otro lugar
error-return-to-refused-text = El enlace nos pide que le enviemos a un sitio web que no pertenece a este centro de ayuda, así que no hemos continuado. Abra directamente el centro de ayuda e inicie sesión desde allí.
error-return-to-miswritten-title = Este enlace no está bien escrito
error-return-to-miswritten-text = Lleva a una página del centro de ayuda, pero su dirección está mal escrita: puede contener un espacio o empezar por «http:». Abra directamente el centro de ayuda e inicie sesión desde allí.
error-unknown-brand-title = No conocemos este centro de ayuda
error-unknown-brand-text = El enlace no dice en qué centro de ayuda quiere iniciar sesión, o nombra uno que no está configurado aquí. Vuelva al centro de ayuda e inicie sesión desde allí.
error-no-token-title = El inicio de sesión no nos ha llegado
error-no-token-text = La página de inicio de sesión le ha enviado de vuelta sin decirnos quién es. Empiece de nuevo desde el centro de ayuda.
error-token-too-large-title = El inicio de sesión contiene demasiados datos
error-token-too-large-text = La página de inicio de sesión ha enviado más datos sobre usted de los que podemos aceptar. Intentarlo de nuevo no servirá de nada: avise al equipo de soporte.
error-body-too-large-title = Demasiados datos de una vez
error-body-too-large-text = Su navegador ha enviado más datos de los que esta página puede aceptar. Empiece de nuevo desde el centro de ayuda y, si vuelve a ocurrir, avise al equipo de soporte.
error-address-too-long-title = Este enlace es demasiado largo
error-address-too-long-text = La dirección que le ha traído aquí es más larga de lo que podemos aceptar. Abra la página principal del centro de ayuda e inicie sesión desde allí.
error-headers-too-large-title = Su navegador ha enviado demasiados datos
error-headers-too-large-text = Su navegador guarda para esta página más cookies de las que esta puede aceptar. Borre las cookies de este sitio y vuelva a iniciar sesión desde el centro de ayuda.
error-request-too-slow-title = Ha tardado demasiado
error-request-too-slow-text = La conexión era demasiado lenta para leer lo que pedía su navegador. Inténtelo de nuevo.
error-wrong-content-type-title = No podemos leer esto
error-wrong-content-type-text = La página de inicio de sesión ha enviado su respuesta en un formato que no entendemos. Intentarlo de nuevo no servirá de nada: avise al equipo de soporte.
error-post-invalid-title = La página de inicio de sesión ha enviado algo incorrecto
error-post-invalid-text = Ha omitido algo o lo ha enviado en un formato que no entendemos. No se ha iniciado ninguna sesión. Intentarlo de nuevo no servirá de nada: avise al equipo de soporte.
error-method-not-allowed-title = Esto no funciona aquí
error-method-not-allowed-text = Esta dirección no se puede usar de la forma en que su navegador acaba de intentarlo. Vuelva al centro de ayuda e inicie sesión desde allí.
error-not-found-title = Aquí no hay nada
error-not-found-text = Puede que la dirección esté mal escrita o ya no sea válida. Para iniciar sesión, abra el centro de ayuda y elija allí «Iniciar sesión».
error-prefetch-title = Todavía no
error-prefetch-text = Su navegador ha intentado cargar esta página antes de que usted la pidiera. No ha ocurrido nada. Para iniciar sesión ahora, empiece de nuevo desde el centro de ayuda.

## The sign-in that the browser has begun

error-flow-missing-title = No encontramos su inicio de sesión
error-flow-missing-text = Puede que lo empezara en otro navegador o hace más de un día, o que su navegador bloquee las cookies. Permita las cookies de este sitio y empiece de nuevo desde el centro de ayuda.
error-flow-expired-title = Su inicio de sesión ha tardado demasiado
error-flow-expired-text = Por su seguridad, un inicio de sesión debe terminarse en el plazo de una hora. Empiece de nuevo.
error-flow-used-title = Este inicio de sesión ya se ha completado
error-flow-used-text = Cada inicio de sesión sirve una sola vez, y este ya se ha usado. Es probable que ya haya iniciado sesión: continúe al centro de ayuda o empiece de nuevo.
error-flow-altered-title = Ya no podemos leer su inicio de sesión
error-flow-altered-text = Este servicio se reinició mientras usted iniciaba sesión, o lo que guardaba su navegador ha sido modificado. Vuelva a iniciar sesión desde el centro de ayuda.
error-flow-foreign-title = Este inicio de sesión pertenece a otro sitio
error-flow-foreign-text = Empezó a iniciar sesión en un sitio y la respuesta llegó de otro. Esto ocurre cuando hay varias ventanas abiertas. Empiece de nuevo desde el centro de ayuda y termine en la misma ventana.
error-flow-outdated-title = Su forma de iniciar sesión ha cambiado
error-flow-outdated-text = Mientras usted iniciaba sesión, cambió nuestra configuración o su red. Empiece de nuevo desde el centro de ayuda.

## What the sign-in page says about the person

error-assertion-unreadable-title = No podemos leer su inicio de sesión
error-assertion-unreadable-text = La página de inicio de sesión ha enviado una respuesta dañada o incompleta. Empiece de nuevo y, si vuelve a ocurrir, avise al equipo de soporte.
error-assertion-algorithm-title = La página de inicio de sesión no está bien configurada
error-assertion-algorithm-text = Firma sus respuestas de una manera que no se había acordado, así que no hemos continuado. Intentarlo de nuevo no servirá de nada: avise al equipo de soporte.
error-assertion-signature-title = No podemos confirmar su inicio de sesión
error-assertion-signature-text = La respuesta de la página de inicio de sesión no está firmada como debería, así que no se ha iniciado ninguna sesión. Empiece de nuevo y, si vuelve a ocurrir, avise al equipo de soporte.
error-assertion-too-old-title = Su inicio de sesión ha caducado
error-assertion-too-old-text = Pasaron más de tres minutos hasta que nos llegó la respuesta de la página de inicio de sesión. Empiece de nuevo.
error-assertion-from-the-future-title = Un reloj no está en hora
error-assertion-from-the-future-text = Según su propio reloj, la página de inicio de sesión ha respondido en el futuro. Inténtelo de nuevo dentro de unos minutos y, si no se soluciona, avise al equipo de soporte.
error-assertion-invalid-title = Falta algo en su inicio de sesión
error-assertion-invalid-text = La página de inicio de sesión ha omitido algo necesario o lo ha enviado en un formato incorrecto. Intentarlo de nuevo no servirá de nada: avise al equipo de soporte.
error-assertion-audience-title = Este inicio de sesión es para otro servicio
error-assertion-audience-text = La respuesta de la página de inicio de sesión no va dirigida a nosotros, así que no hemos continuado. Empiece de nuevo y, si vuelve a ocurrir, avise al equipo de soporte.
error-session-expired-title = Su sesión allí ha terminado
error-session-expired-text = Su sesión en el sitio donde tiene su cuenta ha caducado. Empiece de nuevo y vuelva a iniciar sesión allí.
error-session-key-unknown-title = Todavía no podemos confirmar su inicio de sesión
error-session-key-unknown-text = El sitio donde tiene su cuenta lo ha firmado de una manera que no conocemos. Puede que acabe de cambiarla: empiece de nuevo dentro de un minuto y, si vuelve a ocurrir, avise al equipo de soporte.
error-session-issuer-title = Este inicio de sesión es de otro servicio
error-session-issuer-text = No procede del sitio que se usa aquí para iniciar sesión, así que no hemos continuado. Empiece de nuevo y, si vuelve a ocurrir, avise al equipo de soporte.
error-session-other-project-title = Este inicio de sesión es para otra cosa
error-session-other-project-text = Ha iniciado sesión en otro juego o sitio de la misma empresa, y eso no vale aquí. Empiece de nuevo y, si vuelve a ocurrir, avise al equipo de soporte.
error-session-ambiguous-title = Su navegador ha enviado dos inicios de sesión
error-session-ambiguous-text = Son distintos y no podemos saber cuál es el suyo. Cierre la sesión en el sitio donde tiene su cuenta, borre las cookies de ese sitio y empiece de nuevo.
error-other-address-title = Esta no es la dirección correcta para eso
error-other-address-text = Lo que busca está en otra de nuestras direcciones. Inténtelo de nuevo allí, o abra el centro de ayuda y elija allí «Iniciar sesión».
error-other-backend-title = Este enlace pertenece a otra forma de iniciar sesión
error-other-backend-text = La dirección que le ha traído aquí no corresponde al centro de ayuda que quiere visitar. Empiece de nuevo.
error-assertion-used-title = Este inicio de sesión ya se ha usado
error-assertion-used-text = Cada inicio de sesión sirve una sola vez. Puede que haya recargado la página o vuelto a ella. Si todavía no ha iniciado sesión, empiece de nuevo.

## Who may sign in

error-address-reserved-title = Con su dirección se inicia sesión en otro lugar
error-address-reserved-text = Las personas con su dirección de correo inician sesión de otra forma, no en esta página. Si no sabe cuál, consulte al equipo de soporte.
error-person-denied-title = No puede iniciar sesión aquí
error-person-denied-text = Esta cuenta ha sido bloqueada. Intentarlo de nuevo no servirá de nada: si cree que es un error, consulte al equipo de soporte.
error-address-not-allowed-title = Su dirección no se puede usar aquí
error-address-not-allowed-text = Aquí solo se puede iniciar sesión con ciertas direcciones de correo, y la suya no es una de ellas. Inicie sesión con otra o consulte al equipo de soporte.
error-email-invalid-title = Su dirección de correo no es válida
error-email-invalid-text = La página de inicio de sesión nos ha enviado una dirección de correo que no puede ser correcta. Revise la dirección en su cuenta y empiece de nuevo.
error-email-missing-title = Su cuenta no tiene dirección de correo
error-email-missing-text = El centro de ayuda reconoce a las personas por su dirección de correo, y el sitio donde tiene su cuenta no nos ha dicho la suya. Añada una a su cuenta en ese sitio y empiece de nuevo.
error-email-proof-missing-title = No sabemos si la dirección de correo es suya
error-email-proof-missing-text = El sitio donde tiene su cuenta no dice si su dirección de correo se ha confirmado. Solo el equipo de soporte puede arreglarlo: comuníqueselo y después empiece de nuevo.
error-email-unverified-title = Confirme primero su dirección de correo
error-email-unverified-text = Nosotros no le hemos enviado nada: busque un mensaje del sitio donde tiene su cuenta, siga el enlace que contiene y empiece de nuevo.
error-external-id-missing-title = Falta su número de cuenta
error-external-id-missing-text = La página de inicio de sesión no nos ha dicho qué cuenta es la suya. Solo el equipo de soporte puede arreglarlo: comuníqueselo y después empiece de nuevo.
error-external-id-not-allowed-title = No se ha podido identificar su cuenta
error-external-id-not-allowed-text = La página de inicio de sesión de esta marca ha indicado un número de cliente que no puede usar aquí. Indique el código de abajo al equipo de soporte: puede arreglarlo.
error-role-not-allowed-title = Esta cuenta no puede iniciar sesión aquí
error-role-not-allowed-text = La página de inicio de sesión ha pedido permisos que no puede conceder, así que no hemos continuado. Intentarlo de nuevo no servirá de nada: avise al equipo de soporte.
error-attribute-not-allowed-title = Este inicio de sesión dice más de lo permitido
error-attribute-not-allowed-text = La página de inicio de sesión nos ha dicho algo sobre usted que no le corresponde decidir, así que no hemos continuado. Intentarlo de nuevo no servirá de nada: avise al equipo de soporte.
error-confirmation-refused-title = Esta respuesta no es válida
error-confirmation-refused-text = Llegó demasiado tarde, ya se había dado o no venía de nuestra propia página. Esta vez no se ha iniciado ninguna sesión. Empiece de nuevo.
error-closed-title = El inicio de sesión está suspendido
error-closed-text = Por ahora nadie puede iniciar sesión aquí. Quienes gestionan el centro de ayuda dicen:
error-loop-title = Está dando vueltas en círculo
error-loop-text = Su navegador ha intentado muchas veces en un minuto iniciar o cerrar la sesión, así que lo hemos detenido. Compruebe que su navegador permite las cookies, espere un minuto y empiece de nuevo. Si no se soluciona, avise al equipo de soporte.
error-origin-refused-title = No conocemos esta página de inicio de sesión
error-origin-refused-text = La página que ha enviado su inicio de sesión no es una de las que aceptamos, así que no hemos continuado. Abra el centro de ayuda y elija allí «Iniciar sesión».

## The form for an email address and a password

sign-in-title = Iniciar sesión en { $brand }
# The title of a form that is shown again because something in it was wrong
problem-title = Error: { $title }
sign-in-email = Correo electrónico
sign-in-password = Contraseña
password-show = Mostrar la contraseña
password-hide = Ocultar la contraseña
sign-in-button = Iniciar sesión
sign-in-forgot = ¿Ha olvidado su contraseña?
sign-in-register = Crear una cuenta
action-reset-password = Elegir una contraseña nueva

## What may be asked for after the password

challenge-button = Continuar
challenge-start-over = Volver al principio
new-password-title = Elija una contraseña nueva
new-password-text = Ha iniciado sesión con una contraseña que hay que cambiar. Las mejores son largas, con mayúsculas y minúsculas, números y símbolos.
new-password-label = Contraseña nueva
new-password-repeated = Repita la contraseña nueva
code-title = Escriba su código
code-by-sms-text = Le hemos enviado un SMS con un código.
code-by-email-text = Le hemos enviado un correo con un código. Puede tardar un minuto en llegar.
code-by-authenticator-text = Abra su aplicación de autenticación y escriba el código que muestra para esta cuenta.
code-label = Código
method-title = ¿Cómo quiere recibir su código?
method-text = Además de su contraseña necesitamos un código para estar seguros de que es usted.
method-label = Recibir un código
method-sms = Por SMS
method-email = Por correo electrónico
method-authenticator = Con mi aplicación de autenticación
attribute-name = Nombre completo
attribute-given-name = Nombre
attribute-middle-name = Segundo nombre
attribute-family-name = Apellidos
attribute-nickname = Apodo
attribute-preferred-username = Nombre de usuario
attribute-email = Correo electrónico
attribute-phone-number = Número de teléfono, por ejemplo +34612345678
attribute-address = Dirección
attribute-birthdate = Fecha de nacimiento
attribute-gender = Género
attribute-locale = Idioma, por ejemplo es-ES
attribute-zoneinfo = Zona horaria, por ejemplo Europe/Madrid
attribute-picture = Dirección de una imagen
attribute-profile = Dirección de una página de perfil
attribute-website = Sitio web

error-wrong-password-title = No se ha iniciado sesión
error-wrong-password-text = El correo electrónico o la contraseña no son correctos. Revise ambos e inténtelo de nuevo.
error-account-unconfirmed-title = Confirme primero su cuenta
error-account-unconfirmed-text = Tiene una cuenta, pero todavía no se ha confirmado. Busque el mensaje que recibió al registrarse, haga lo que dice y empiece de nuevo.
error-password-reset-required-title = Hay que cambiar su contraseña
error-password-reset-required-text = Su contraseña anterior ya no sirve. Elija una nueva y empiece de nuevo.
error-too-many-requests-title = Demasiadas solicitudes
error-too-many-requests-text = Desde su red han llegado muchísimas solicitudes en poco tiempo. No se ha perdido nada: espere un momento y empiece de nuevo.
error-too-many-attempts-title = Demasiados intentos
error-too-many-attempts-text = Alguien ha intentado iniciar sesión en esta cuenta demasiadas veces. No se ha perdido nada: espere un cuarto de hora y empiece de nuevo.
error-wrong-code-title = Este código no funciona
code-sent-wrong = El código no es correcto o ya se ha usado. Revíselo e inténtelo de nuevo, o elija «Volver al principio» para recibir uno nuevo.
error-wrong-code-text = El código no es correcto o ya se ha usado. Espere al siguiente o revise el que tiene, e inténtelo de nuevo.
error-code-expired-title = Este código ha caducado
error-code-expired-text = Un código solo es válido durante unos minutos. Elija «Volver al principio» para recibir uno nuevo.
error-second-step-missing-title = Su cuenta necesita un segundo paso
error-second-step-missing-text = Aquí no basta con una contraseña, y su cuenta todavía no tiene nada más. Configure un segundo paso, como una aplicación de autenticación, en el sitio donde se registró. Después empiece de nuevo.
error-new-password-refused-title = Elija otra contraseña
error-new-password-refused-text = Esta contraseña es demasiado corta o sencilla, o ya la ha usado antes. Elija otra.
error-passwords-differ-title = Las contraseñas son distintas
error-passwords-differ-text = Ha escrito dos contraseñas distintas. Escriba la misma dos veces.
error-attribute-refused-title = Revise lo que ha escrito
error-attribute-refused-text = Falta algo, o algo no está escrito como debe o pertenece a otra cuenta. Revise lo que ha escrito e inténtelo de nuevo.
error-challenge-over-title = Ha tardado demasiado
error-challenge-over-text = Por su seguridad, hay poco tiempo para este paso y solo vale una vez. Vuelva a iniciar sesión.
error-form-refused-title = Este formulario no es de confianza
error-form-refused-text = No venía de nuestra propia página o no venía de este navegador. No se ha iniciado ninguna sesión. Empiece de nuevo.
error-ticket-refused-title = Este enlace no funciona
error-ticket-refused-text = Está dañado o se creó para otra persona. No se ha iniciado ninguna sesión. Vuelva al centro de ayuda e inicie sesión desde allí.
error-ticket-expired-title = Su inicio de sesión ha tardado demasiado
error-ticket-expired-text = Por su seguridad, este enlace solo es válido durante un minuto. Vuelva al centro de ayuda e inicie sesión otra vez.

## What the script of a company’s own sign-in page is told. Whoever wrote it reads this.

post-unreadable = El cuerpo de la solicitud debe ser un único objeto JSON o un único formulario en el que cada nombre aparezca una vez.
post-field-missing = En el cuerpo de la solicitud falta «{ $field }».
post-field-invalid = El valor de «{ $field }» en el cuerpo de la solicitud no es válido.

## What is out of order

error-store-unavailable-title = Ahora mismo no se puede iniciar sesión
error-store-unavailable-text = Una parte de nuestro servicio no funciona. No es culpa suya, y no se ha iniciado ninguna sesión. Inténtelo de nuevo dentro de unos minutos.
error-too-many-from-backend-title = Demasiados inicios de sesión a la vez
error-too-many-from-backend-text = Desde la página de inicio de sesión de este centro de ayuda llegan muchos más inicios de sesión de lo habitual, y ahora mismo no podemos aceptar el suyo. No es culpa suya, y no se ha iniciado ninguna sesión. Inténtelo de nuevo dentro de cinco minutos y, si vuelve a ocurrir, avise al equipo de soporte.
error-too-many-from-network-title = Demasiados inicios de sesión desde su red
error-too-many-from-network-text = Desde la red en la que está llegan muchos más inicios de sesión de lo habitual, y ahora mismo no podemos aceptar el suyo. No se ha iniciado ninguna sesión. Espere cinco minutos y empiece de nuevo, o use otra red.
error-internal-title = Algo ha salido mal
error-internal-text = El error es nuestro, no suyo. Inténtelo de nuevo dentro de unos minutos y, si vuelve a ocurrir, avise al equipo de soporte.

## What Zendesk reports at the remote logout address

error-zendesk-invalid-request-title = El centro de ayuda no ha aceptado el inicio de sesión
error-zendesk-invalid-request-text = El inicio de sesión llegó al lugar equivocado. No se ha cerrado ninguna sesión. Empiece de nuevo y, si vuelve a ocurrir, avise al equipo de soporte.
error-zendesk-signature-title = El centro de ayuda no ha podido confirmar el inicio de sesión
error-zendesk-signature-text = El inicio de sesión no está bien configurado entre nosotros y el centro de ayuda. No se ha cerrado ninguna sesión. Intentarlo de nuevo no servirá de nada: avise al equipo de soporte.
error-zendesk-not-allowed-title = Su dirección no se puede usar aquí
error-zendesk-not-allowed-text = El centro de ayuda no permite registrarse con su dirección de correo. No se ha cerrado ninguna sesión. Inicie sesión con otra dirección o consulte al equipo de soporte.
error-zendesk-token-used-title = Este inicio de sesión ya se ha usado
error-zendesk-token-used-text = El centro de ayuda acepta cada inicio de sesión una sola vez. No se ha cerrado ninguna sesión, y es probable que ya haya iniciado la suya: continúe al centro de ayuda o empiece de nuevo.
error-zendesk-clock-title = Su inicio de sesión ha tardado demasiado
error-zendesk-clock-text = Ya había caducado cuando llegó al centro de ayuda. No se ha cerrado ninguna sesión. Empiece de nuevo y, si vuelve a ocurrir, avise al equipo de soporte.
error-zendesk-rate-limit-title = Demasiadas personas a la vez
error-zendesk-rate-limit-text = El centro de ayuda solo acepta cierto número de inicios de sesión a la vez. No se ha cerrado ninguna sesión. Espere un minuto e inténtelo de nuevo.
error-zendesk-external-id-title = Su cuenta está duplicada
error-zendesk-external-id-text = El centro de ayuda ya conoce su dirección de correo con otro número de cuenta, o su número de cuenta con otra dirección de correo. No se ha cerrado ninguna sesión. Solo el equipo de soporte puede arreglarlo: comuníqueselo.
error-zendesk-unreadable-title = El centro de ayuda no ha podido leer el inicio de sesión
error-zendesk-unreadable-text = No llegó completo. No se ha cerrado ninguna sesión. Empiece de nuevo y, si vuelve a ocurrir, avise al equipo de soporte.
error-zendesk-unknown-title = El centro de ayuda no ha iniciado su sesión
error-zendesk-unknown-text = No ha dado ningún motivo que conozcamos. No se ha cerrado ninguna sesión. Inténtelo de nuevo y, si vuelve a ocurrir, avise al equipo de soporte.
error-backend-denied-title = No se ha iniciado sesión
error-backend-denied-text = La página de inicio de sesión no lo ha permitido, o usted ha salido de ella antes de terminar. Inténtelo de nuevo; si sigue ocurriendo, indique el código de abajo al equipo de soporte.
error-backend-unproven-title = No podemos confirmar su inicio de sesión
error-backend-unproven-text = Lo que ha devuelto la página de inicio de sesión no es de este inicio de sesión o no procede realmente de ella. No se ha iniciado ninguna sesión. Empiece de nuevo; si sigue ocurriendo, indique el código de abajo al equipo de soporte.
error-backend-again-title = Inicie sesión otra vez
error-backend-again-text = La página de inicio de sesión no ha podido terminar: puede que usted haya esperado un rato o que la página esté saturada. Empiece de nuevo; si sigue ocurriendo, indique el código de abajo al equipo de soporte.
error-backend-over-title = Este inicio de sesión ha terminado
error-backend-over-text = Lo que ha devuelto la página de inicio de sesión ya se ha usado o ha tardado demasiado en llegar. Empiece de nuevo.
error-backend-unavailable-title = El inicio de sesión no está disponible ahora mismo
error-backend-unavailable-text = El sistema que conoce su cuenta no responde. Inténtelo de nuevo dentro de unos minutos.
