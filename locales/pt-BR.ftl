### What end users read; en.ftl says for whom and how.

## Choosing a brand

brands-title = Onde você quer entrar?
brands-text = Escolha a central de ajuda que você quer visitar.
# Where there are more than one page shows
brands-search = Buscar por nome
brands-search-button = Buscar
brands-before = Página anterior
brands-after = Próxima página
brands-not-found = Nenhuma central de ajuda tem isso no nome. Tente outra palavra, ou abra a central de ajuda que você quer visitar e escolha “Entrar” nela.
brands-none = Não há nada para escolher aqui. Abra a central de ajuda que você quer visitar e escolha “Entrar” nela.

## Handing over to Zendesk

hand-off-title = Entrando em { $brand }…
hand-off-text = Isso leva só um momento.
hand-off-by-hand = Se nada acontecer, pressione o botão.
hand-off-button = Concluir o login
hand-off-over-title = Você voltou a uma página anterior
hand-off-over-text = Não há mais nada a fazer aqui. Você pode seguir direto.
hand-off-over-link = Ir para { $brand }

# While the sign-in of a company's own page goes on
ticket-title = Entrando…
ticket-scripts-title = Esta etapa precisa de JavaScript
ticket-scripts = Ele está desativado no seu navegador. Ative-o e entre novamente pela central de ajuda.

## Asking before signing in

confirm-title = Continuar para { $brand } como { $email }?
confirm-sent-by = Perguntamos porque você chegou a esta página a partir de outro site:
confirm-from-unknown = Perguntamos porque seu navegador não nos diz de qual site você veio.
confirm-from-no-page = Perguntamos porque você não veio da central de ajuda, mas abriu um endereço por conta própria, por exemplo por um favorito ou por um link em uma mensagem.
confirm-again = Perguntamos porque alguém disse aqui, há alguns minutos, que não é a pessoa que está conectada lá.
confirm-code-hint = Se esta pergunta aparecer sempre, informe este código ao suporte.
confirm-advice = Continue somente se este for o seu endereço e se foi você quem acabou de entrar. Caso contrário, a conta de outra pessoa pode ser aberta no seu navegador.
confirm-button = Continuar
confirm-not-me = Não sou eu

## Somebody is not who the site says they are

not-me-title = Saia primeiro da conta naquele site
not-me-text = Alguém está conectado no site onde as pessoas têm conta, e não podemos encerrar essa sessão por você.
not-me-site = Abra o site:
not-me-sign-out = Saia da conta lá.
not-me-return = Volte a esta página e entre com a sua própria conta.
not-me-again = Entrar com a minha conta

# Shown for a moment, and only where a browser runs no scripts
onward-link = Continuar para a página de login

## Signed out

signed-out-title = Você saiu da conta
signed-out-text = Agradecemos a visita. Se outras pessoas usam este dispositivo, feche também todas as janelas do navegador.
signed-out-home-of = Voltar para { $brand }

## The front page

home-title = Este é um serviço de login
home-text = Ele leva as pessoas de uma central de ajuda até a página de login certa e as traz de volta.
home-advice = Não há nada a fazer aqui. Para entrar, abra a central de ajuda que você quer visitar e escolha “Entrar” nela.

## What every error page has

error-code = Código
error-code-hint = Se pedir ajuda, informe este código. Com ele podemos descobrir o que aconteceu.
error-parameter = A parte do endereço a que nos referimos se chama “{ $parameter }”.
error-support = Falar com o suporte de { $brand }
action-start-again = Começar de novo
action-continue = Continuar para a central de ajuda
action-home = Ir para a central de ajuda
action-choose = Escolher uma central de ajuda
action-registered = Ir para o site onde você se cadastrou
action-try-again = Tentar novamente

## The request itself

error-malformed-request-title = Este link está danificado
error-malformed-request-text = O endereço que trouxe você até aqui está incompleto, é longo demais ou foi alterado no caminho. Volte para a central de ajuda e entre por lá.
error-return-to-refused-title = Este link leva a outro lugar
error-return-to-refused-text = O link pede que enviemos você a um site que não pertence a esta central de ajuda, por isso paramos. Abra a central de ajuda por conta própria e entre por lá.
error-return-to-miswritten-title = Este link não está escrito corretamente
error-return-to-miswritten-text = Ele leva a uma página da central de ajuda, mas o endereço está mal escrito: pode conter um espaço ou começar com “http:”. Abra a central de ajuda por conta própria e entre por lá.
error-unknown-brand-title = Não conhecemos esta central de ajuda
error-unknown-brand-text = O link não diz em qual central de ajuda você quer entrar, ou cita uma que não está configurada aqui. Volte para a central de ajuda e entre por lá.
error-no-token-title = O login não chegou até nós
error-no-token-text = A página de login enviou você de volta sem dizer quem você é. Comece de novo pela central de ajuda.
error-token-too-large-title = O login contém dados demais
error-token-too-large-text = A página de login enviou mais dados sobre você do que podemos aceitar. Tentar novamente não vai adiantar: avise o suporte.
error-body-too-large-title = Dados demais de uma vez
error-body-too-large-text = Seu navegador enviou mais dados do que esta página pode aceitar. Comece de novo pela central de ajuda e, se acontecer outra vez, avise o suporte.
error-address-too-long-title = Este link é longo demais
error-address-too-long-text = O endereço que trouxe você até aqui é mais longo do que podemos aceitar. Abra a página inicial da central de ajuda e entre por lá.
error-headers-too-large-title = Seu navegador enviou dados demais
error-headers-too-large-text = Seu navegador guarda para esta página mais cookies do que ela pode aceitar. Apague os cookies deste site e entre novamente pela central de ajuda.
error-request-too-slow-title = Demorou demais
error-request-too-slow-text = A conexão estava lenta demais para lermos o que o seu navegador pediu. Tente novamente.
error-wrong-content-type-title = Não conseguimos ler isto
error-wrong-content-type-text = A página de login enviou a resposta em um formato que não entendemos. Tentar novamente não vai adiantar: avise o suporte.
error-post-invalid-title = A página de login enviou algo errado
error-post-invalid-text = Ela deixou algo de fora ou enviou em um formato que não entendemos. Nenhum login foi feito. Tentar novamente não vai adiantar: avise o suporte.
error-method-not-allowed-title = Isto não funciona aqui
error-method-not-allowed-text = Este endereço não pode ser usado da forma como o seu navegador acabou de tentar. Volte para a central de ajuda e entre por lá.
error-not-found-title = Não há nada aqui
error-not-found-text = O endereço pode estar mal escrito ou desatualizado. Para entrar, abra a central de ajuda e escolha “Entrar” nela.
error-prefetch-title = Ainda não
error-prefetch-text = Seu navegador tentou carregar esta página antes de você pedir. Nada aconteceu. Para entrar agora, comece de novo pela central de ajuda.

## The sign-in that the browser has begun

error-flow-missing-title = Não encontramos o seu login
error-flow-missing-text = Ele pode ter começado em outro navegador ou há mais de um dia, ou o seu navegador bloqueia cookies. Permita os cookies deste site e comece de novo pela central de ajuda.
error-flow-expired-title = Seu login demorou demais
error-flow-expired-text = Para sua segurança, um login precisa ser concluído em até uma hora. Comece de novo.
error-flow-used-title = Este login já foi concluído
error-flow-used-text = Cada login vale uma só vez, e este já foi usado. Você provavelmente já entrou: continue para a central de ajuda ou comece de novo.
error-flow-altered-title = Não conseguimos mais ler o seu login
error-flow-altered-text = Este serviço foi reiniciado enquanto você entrava, ou o que o seu navegador guardava foi alterado. Entre novamente pela central de ajuda.
error-flow-foreign-title = Este login pertence a outro site
error-flow-foreign-text = Você começou a fazer login em um site, e a resposta veio de outro. Isso acontece quando há várias janelas abertas. Comece de novo pela central de ajuda e termine na mesma janela.
error-flow-outdated-title = A sua forma de entrar mudou
error-flow-outdated-text = Enquanto você entrava, as nossas configurações ou a sua rede mudaram. Comece de novo pela central de ajuda.

## What the sign-in page says about the person

error-assertion-unreadable-title = Não conseguimos ler o seu login
error-assertion-unreadable-text = A página de login enviou uma resposta danificada ou incompleta. Comece de novo e, se acontecer outra vez, avise o suporte.
error-assertion-algorithm-title = A página de login não está configurada corretamente
error-assertion-algorithm-text = Ela assina as respostas de um modo que não foi combinado, por isso paramos. Tentar novamente não vai adiantar: avise o suporte.
error-assertion-signature-title = Não conseguimos confirmar o seu login
error-assertion-signature-text = A resposta da página de login não está assinada como deveria, por isso nenhum login foi feito. Comece de novo e, se acontecer outra vez, avise o suporte.
error-assertion-too-old-title = Seu login expirou
error-assertion-too-old-text = Passaram-se mais de três minutos até que a resposta da página de login chegasse a nós. Comece de novo.
error-assertion-from-the-future-title = Um relógio está errado
error-assertion-from-the-future-text = Segundo o próprio relógio, a página de login respondeu no futuro. Tente novamente em alguns minutos e, se não adiantar, avise o suporte.
error-assertion-invalid-title = Falta algo no seu login
error-assertion-invalid-text = A página de login deixou de fora algo necessário ou enviou no formato errado. Tentar novamente não vai adiantar: avise o suporte.
error-assertion-audience-title = Este login é para outro serviço
error-assertion-audience-text = A resposta da página de login não é dirigida a nós, por isso paramos. Comece de novo e, se acontecer outra vez, avise o suporte.
error-session-expired-title = Você não está mais conectado lá
error-session-expired-text = Sua sessão no site onde você tem conta expirou. Comece de novo e entre lá mais uma vez.
error-session-key-unknown-title = Ainda não conseguimos confirmar o seu login
error-session-key-unknown-text = O site onde você tem conta assinou o seu login de um modo que não conhecemos. Talvez isso tenha acabado de mudar: comece de novo em um minuto e, se acontecer outra vez, avise o suporte.
error-session-issuer-title = Este login é de outro serviço
error-session-issuer-text = Ele não vem do site usado para entrar aqui, por isso paramos. Comece de novo e, se acontecer outra vez, avise o suporte.
error-session-other-project-title = Este login é para outra coisa
error-session-other-project-text = Você entrou em outro jogo ou site da mesma empresa, o que não vale aqui. Comece de novo e, se acontecer outra vez, avise o suporte.
error-session-ambiguous-title = Seu navegador enviou dois logins
error-session-ambiguous-text = Eles são diferentes, e não sabemos qual é o seu. Vá ao site onde você tem conta, saia dela, apague os cookies desse site e comece de novo.
error-other-address-title = Este não é o endereço certo para isso
error-other-address-text = O que você procura está em outro endereço nosso. Tente novamente lá, ou abra a central de ajuda e escolha “Entrar” nela.
error-other-backend-title = Este link pertence a outra forma de entrar
error-other-backend-text = O endereço que trouxe você até aqui não corresponde à central de ajuda que você quer visitar. Comece de novo.
error-assertion-used-title = Este login já foi usado
error-assertion-used-text = Cada login vale uma só vez. Talvez você tenha recarregado a página ou voltado a ela. Se ainda não entrou, comece de novo.

## Who may sign in

error-address-reserved-title = Com o seu endereço, o login é feito em outro lugar
error-address-reserved-text = Pessoas com o seu endereço de e-mail entram de outra forma, e não por esta página. Se você não sabe qual, fale com o suporte.
error-person-denied-title = Você não pode entrar aqui
error-person-denied-text = Esta conta foi bloqueada. Tentar novamente não vai adiantar: se achar que é um engano, fale com o suporte.
error-address-not-allowed-title = Seu endereço não pode ser usado aqui
error-address-not-allowed-text = Só é possível entrar aqui com determinados endereços de e-mail, e o seu não é um deles. Entre com outro ou fale com o suporte.
error-email-invalid-title = Seu endereço de e-mail não é válido
error-email-invalid-text = A página de login nos enviou um endereço de e-mail que não pode estar certo. Verifique o endereço na sua conta e comece de novo.
error-email-missing-title = Sua conta não tem endereço de e-mail
error-email-missing-text = A central de ajuda reconhece as pessoas pelo endereço de e-mail, e o site onde você tem conta não nos informou o seu. Adicione um à sua conta naquele site e comece de novo.
error-email-proof-missing-title = Não sabemos se o endereço de e-mail é seu
error-email-proof-missing-text = O site onde você tem conta não diz se o seu endereço de e-mail foi confirmado. Só o suporte pode resolver isso: avise a equipe e depois comece de novo.
error-email-unverified-title = Confirme primeiro o seu endereço de e-mail
error-email-unverified-text = Nós não enviamos nada a você: procure uma mensagem do site onde você tem conta, siga o link que está nela e comece de novo.
error-external-id-missing-title = Falta o número da sua conta
error-external-id-missing-text = A página de login não nos disse qual conta é a sua. Só o suporte pode resolver isso: avise a equipe e depois comece de novo.
error-external-id-not-allowed-title = Não foi possível identificar a sua conta
error-external-id-not-allowed-text = A página de login desta marca informou um número de cliente que não pode usar aqui. Informe o código abaixo ao suporte: a equipe pode resolver.
error-role-not-allowed-title = Esta conta não pode entrar aqui
error-role-not-allowed-text = A página de login pediu permissões que não pode conceder, por isso paramos. Tentar novamente não vai adiantar: avise o suporte.
error-attribute-not-allowed-title = Este login diz mais do que deveria
error-attribute-not-allowed-text = A página de login nos disse algo sobre você que não cabe a ela decidir, por isso paramos. Tentar novamente não vai adiantar: avise o suporte.
error-confirmation-refused-title = Esta resposta não é válida
error-confirmation-refused-text = Ela chegou tarde demais, já tinha sido dada ou não veio da nossa própria página. Desta vez, nenhum login foi feito. Comece de novo.
error-closed-title = O login está suspenso
error-closed-text = Ninguém pode entrar aqui por enquanto. Quem administra a central de ajuda informa:
error-loop-title = Você está andando em círculos
error-loop-text = Seu navegador tentou entrar ou sair muitas vezes em um minuto, por isso o interrompemos. Verifique se o seu navegador permite cookies, espere um minuto e comece de novo. Se não adiantar, avise o suporte.
error-origin-refused-title = Não conhecemos esta página de login
error-origin-refused-text = A página que enviou o seu login não é uma das que aceitamos, por isso paramos. Abra a central de ajuda e escolha “Entrar” nela.

## The form for an email address and a password

sign-in-title = Entrar em { $brand }
# The title of a form that is shown again because something in it was wrong
problem-title = Erro: { $title }
sign-in-email = Endereço de e-mail
sign-in-password = Senha
password-show = Mostrar a senha
password-hide = Ocultar a senha
sign-in-button = Entrar
sign-in-forgot = Esqueceu a senha?
sign-in-register = Criar uma conta
action-reset-password = Escolher uma nova senha

## What may be asked for after the password

challenge-button = Continuar
challenge-start-over = Voltar ao início
new-password-title = Escolha uma nova senha
new-password-text = Você entrou com uma senha que precisa ser trocada. As melhores são longas, com letras maiúsculas e minúsculas, números e símbolos.
new-password-label = Nova senha
new-password-repeated = Repita a nova senha
code-title = Digite o seu código
code-by-sms-text = Enviamos a você um SMS com um código.
code-by-email-text = Enviamos a você um e-mail com um código. Ele pode levar um minuto para chegar.
code-by-authenticator-text = Abra o seu aplicativo autenticador e digite o código que ele mostra para esta conta.
code-label = Código
method-title = Como você quer receber o código?
method-text = Precisamos de um código, além da senha, para ter certeza de que é você.
method-label = Receber um código
method-sms = Por SMS
method-email = Por e-mail
method-authenticator = Pelo meu aplicativo autenticador
attribute-name = Nome completo
attribute-given-name = Nome
attribute-middle-name = Nome do meio
attribute-family-name = Sobrenome
attribute-nickname = Apelido
attribute-preferred-username = Nome de usuário
attribute-email = Endereço de e-mail
attribute-phone-number = Número de telefone, como +5511912345678
attribute-address = Endereço
attribute-birthdate = Data de nascimento
attribute-gender = Gênero
attribute-locale = Idioma, como pt-BR
attribute-zoneinfo = Fuso horário, como America/Sao_Paulo
attribute-picture = Endereço de uma imagem
attribute-profile = Endereço de uma página de perfil
attribute-website = Site

error-wrong-password-title = O login não foi concluído
error-wrong-password-text = O endereço de e-mail ou a senha não estão corretos. Verifique os dois e tente novamente.
error-account-unconfirmed-title = Confirme primeiro a sua conta
error-account-unconfirmed-text = Você tem uma conta, mas ela ainda não foi confirmada. Procure a mensagem que recebeu ao se cadastrar, faça o que ela diz e comece de novo.
error-password-reset-required-title = Sua senha precisa ser trocada
error-password-reset-required-text = Sua senha antiga não funciona mais. Escolha uma nova e comece de novo.
error-too-many-requests-title = Solicitações demais
error-too-many-requests-text = Chegaram solicitações demais da sua rede em pouco tempo. Nada se perdeu: espere um momento e comece de novo.
error-too-many-attempts-title = Tentativas demais
error-too-many-attempts-text = Alguém tentou entrar nesta conta vezes demais. Nada se perdeu: espere quinze minutos e comece de novo.
error-wrong-code-title = Este código não funciona
code-sent-wrong = O código não está correto ou já foi usado. Verifique-o e tente novamente, ou escolha “Voltar ao início” para receber um novo.
error-wrong-code-text = O código não está correto ou já foi usado. Espere o próximo, ou verifique o que você tem, e tente novamente.
error-code-expired-title = Este código expirou
error-code-expired-text = Um código vale só por alguns minutos. Escolha “Voltar ao início” para receber um novo.
error-second-step-missing-title = Sua conta precisa de uma segunda etapa
error-second-step-missing-text = Só a senha não basta aqui, e a sua conta ainda não tem nada além disso. Configure uma segunda etapa, como um aplicativo autenticador, no site onde você se cadastrou. Depois, comece de novo.
error-new-password-refused-title = Escolha outra senha
error-new-password-refused-text = Esta senha é curta ou simples demais, ou você já a usou antes. Escolha outra.
error-passwords-differ-title = As senhas são diferentes
error-passwords-differ-text = Você digitou duas senhas diferentes. Digite a mesma duas vezes.
error-attribute-refused-title = Verifique o que você digitou
error-attribute-refused-text = Falta algo, ou algo não está escrito como deveria ou pertence a outra conta. Verifique o que você digitou e tente novamente.
error-challenge-over-title = Demorou demais
error-challenge-over-text = Para sua segurança, há pouco tempo para esta etapa, e ela vale só uma vez. Entre novamente.
error-form-refused-title = Este formulário não é confiável
error-form-refused-text = Ele não veio da nossa própria página ou não veio deste navegador. Nenhum login foi feito. Comece de novo.
error-ticket-refused-title = Este link não funciona
error-ticket-refused-text = Ele está danificado ou foi feito para outra pessoa. Nenhum login foi feito. Volte para a central de ajuda e entre por lá.
error-ticket-expired-title = Seu login demorou demais
error-ticket-expired-text = Para sua segurança, este link vale só por um minuto. Volte para a central de ajuda e entre novamente.

## What the script of a company’s own sign-in page is told. Whoever wrote it reads this.

post-unreadable = O corpo da solicitação precisa ser um único objeto JSON ou um único formulário, em que cada nome aparece uma vez.
post-field-missing = O corpo da solicitação não tem “{ $field }”.
post-field-invalid = O valor de “{ $field }” no corpo da solicitação não é válido.

## What is out of order

error-store-unavailable-title = Não é possível entrar neste momento
error-store-unavailable-text = Uma parte do nosso serviço não está funcionando. A culpa não é sua, e nenhum login foi feito. Tente novamente em alguns minutos.
error-too-many-from-backend-title = Logins demais de uma vez
error-too-many-from-backend-text = Da página de login desta central de ajuda vêm muito mais logins do que o normal, e não podemos aceitar o seu agora. A culpa não é sua, e nenhum login foi feito. Tente novamente em cinco minutos e, se acontecer outra vez, avise o suporte.
error-too-many-from-network-title = Logins demais a partir da sua rede
error-too-many-from-network-text = Da rede em que você está vêm muito mais logins do que o normal, e não podemos aceitar o seu agora. Nenhum login foi feito. Espere cinco minutos e comece de novo, ou use outra rede.
error-internal-title = Algo deu errado
error-internal-text = O erro é nosso, não seu. Tente novamente em alguns minutos e, se acontecer outra vez, avise o suporte.

## What Zendesk reports at the remote logout address

error-zendesk-invalid-request-title = A central de ajuda não aceitou o login
error-zendesk-invalid-request-text = O login chegou ao lugar errado. Nenhuma sessão foi encerrada. Comece de novo e, se acontecer outra vez, avise o suporte.
error-zendesk-signature-title = A central de ajuda não conseguiu confirmar o login
error-zendesk-signature-text = O login não está configurado corretamente entre nós e a central de ajuda. Nenhuma sessão foi encerrada. Tentar novamente não vai adiantar: avise o suporte.
error-zendesk-not-allowed-title = Seu endereço não pode ser usado aqui
error-zendesk-not-allowed-text = A central de ajuda não permite cadastro com o seu endereço de e-mail. Nenhuma sessão foi encerrada. Entre com outro endereço ou fale com o suporte.
error-zendesk-token-used-title = Este login já foi usado
error-zendesk-token-used-text = A central de ajuda aceita cada login uma só vez. Nenhuma sessão foi encerrada, e você provavelmente já entrou: continue para a central de ajuda ou comece de novo.
error-zendesk-clock-title = Seu login demorou demais
error-zendesk-clock-text = Ele já tinha expirado quando chegou à central de ajuda. Nenhuma sessão foi encerrada. Comece de novo e, se acontecer outra vez, avise o suporte.
error-zendesk-rate-limit-title = Pessoas demais ao mesmo tempo
error-zendesk-rate-limit-text = A central de ajuda só aceita um certo número de logins por vez. Nenhuma sessão foi encerrada. Espere um minuto e tente novamente.
error-zendesk-external-id-title = Sua conta está duplicada
error-zendesk-external-id-text = A central de ajuda já conhece o seu endereço de e-mail com outro número de conta, ou o seu número de conta com outro endereço de e-mail. Nenhuma sessão foi encerrada. Só o suporte pode resolver isso: avise a equipe.
error-zendesk-unreadable-title = A central de ajuda não conseguiu ler o login
error-zendesk-unreadable-text = Ele não chegou inteiro. Nenhuma sessão foi encerrada. Comece de novo e, se acontecer outra vez, avise o suporte.
error-zendesk-unknown-title = A central de ajuda não concluiu o seu login
error-zendesk-unknown-text = Ela não deu um motivo que conheçamos. Nenhuma sessão foi encerrada. Tente novamente e, se acontecer outra vez, avise o suporte.
error-backend-denied-title = O login não foi concluído
error-backend-denied-text = A página de login não permitiu o login, ou você saiu dela antes de terminar. Tente novamente; se continuar acontecendo, informe o código abaixo ao suporte.
error-backend-unproven-title = Não conseguimos confirmar o seu login
error-backend-unproven-text = O que a página de login devolveu não é deste login ou não vem realmente dela. Nenhum login foi feito. Comece de novo; se continuar acontecendo, informe o código abaixo ao suporte.
error-backend-again-title = Entre mais uma vez
error-backend-again-text = A página de login não conseguiu terminar: talvez você tenha esperado um tempo, ou ela esteja sobrecarregada. Comece de novo; se continuar acontecendo, informe o código abaixo ao suporte.
error-backend-over-title = Este login terminou
error-backend-over-text = O que a página de login devolveu já foi usado ou demorou demais para chegar. Comece de novo.
error-backend-unavailable-title = O login não está disponível neste momento
error-backend-unavailable-text = O sistema que conhece a sua conta não responde. Tente novamente em alguns minutos.
