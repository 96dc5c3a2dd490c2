### What end users read; en.ftl says for whom and how.

## Choosing a brand

brands-title = 어디에 로그인하시겠습니까?
brands-text = 방문하려는 헬프 센터를 선택하세요.
# Where there are more than one page shows
brands-search = 이름으로 검색
brands-search-button = 검색
brands-before = 이전 페이지
brands-after = 다음 페이지
brands-not-found = 이름에 이 단어가 포함된 헬프 센터가 없습니다. 다른 단어로 검색하거나, 방문하려는 헬프 센터를 열고 거기에서 “로그인”을 선택하세요.
brands-none = 여기에는 선택할 것이 없습니다. 방문하려는 헬프 센터를 열고 거기에서 “로그인”을 선택하세요.

## Handing over to Zendesk

hand-off-title = { $brand }에 로그인하는 중…
hand-off-text = 잠시만 기다려 주세요.
hand-off-by-hand = 아무 반응이 없으면 버튼을 누르세요.
hand-off-button = 로그인 완료하기
hand-off-over-title = 이전 페이지로 돌아왔습니다
hand-off-over-text = 여기에서 더 하실 일은 없습니다. 바로 계속하시면 됩니다.
hand-off-over-link = { $brand }(으)로 이동

# While the sign-in of a company's own page goes on
ticket-title = 로그인하는 중…
ticket-scripts-title = 이 단계에는 JavaScript가 필요합니다
ticket-scripts = 브라우저에서 JavaScript가 꺼져 있습니다. 켠 다음 헬프 센터에서 다시 로그인하세요.

## Asking before signing in

confirm-title = { $email } 계정으로 { $brand } 로그인을 계속하시겠습니까?
confirm-sent-by = 다른 웹사이트에서 이 페이지로 오셨기 때문에 확인합니다:
confirm-from-unknown = 어느 웹사이트에서 오셨는지 브라우저가 알려 주지 않아 확인합니다.
confirm-from-no-page = 헬프 센터가 아니라 북마크나 메시지의 링크처럼 별도의 주소로 오셨기 때문에 확인합니다.
confirm-again = 몇 분 전에 누군가 여기에서, 계정이 있는 사이트에 로그인된 사람이 본인이 아니라고 답했기 때문에 확인합니다.
confirm-code-hint = 이 질문이 매번 나타나면 이 코드를 고객 지원팀에 알려 주세요.
confirm-advice = 본인의 이메일 주소가 맞고 방금 직접 로그인한 경우에만 계속하세요. 그렇지 않으면 다른 사람의 계정이 이 브라우저에서 열릴 수 있습니다.
confirm-button = 계속
confirm-not-me = 본인이 아닙니다

## Somebody is not who the site says they are

not-me-title = 먼저 계정이 있는 사이트에서 로그아웃하세요
not-me-text = 계정이 있는 사이트에 누군가 로그인되어 있으며, 여기에서 대신 로그아웃해 드릴 수 없습니다.
not-me-site = 사이트 열기:
not-me-sign-out = 그 사이트에서 로그아웃하세요.
not-me-return = 이 페이지로 돌아와 본인 계정으로 로그인하세요.
not-me-again = 본인 계정으로 로그인

# Shown for a moment, and only where a browser runs no scripts
onward-link = 로그인 페이지로 이동

## Signed out

signed-out-title = 로그아웃되었습니다
signed-out-text = 방문해 주셔서 감사합니다. 다른 사람도 이 기기를 사용한다면 브라우저 창도 모두 닫아 주세요.
signed-out-home-of = { $brand }(으)로 돌아가기

## The front page

home-title = 이곳은 로그인 서비스입니다
home-text = 헬프 센터에서 알맞은 로그인 페이지로 안내하고 다시 돌려보내 드립니다.
home-advice = 여기에서 하실 일은 없습니다. 로그인하려면 방문하려는 헬프 센터를 열고 거기에서 “로그인”을 선택하세요.

## What every error page has

error-code = 코드
error-code-hint = 문의하실 때 이 코드를 알려 주세요. 무슨 일이 있었는지 확인할 수 있습니다.
error-parameter = 주소에서 문제가 되는 부분은 “{ $parameter }”입니다.
error-support = { $brand } 고객 지원팀에 문의
action-start-again = 처음부터 다시 시작
action-continue = 헬프 센터로 계속
action-home = 헬프 센터로 이동
action-choose = 헬프 센터 선택
action-registered = 가입한 사이트로 이동
action-try-again = 다시 시도

## The request itself

error-malformed-request-title = 링크가 손상되었습니다
error-malformed-request-text = 이곳으로 연결된 주소가 불완전하거나 너무 길거나 중간에 변경되었습니다. 헬프 센터로 돌아가 거기에서 로그인하세요.
error-return-to-refused-title = 이 링크는 다른 곳으로 연결됩니다
error-return-to-refused-text = 이 링크가 이 헬프 센터에 속하지 않는 웹사이트로 연결하려고 하여 중단했습니다. 헬프 센터를 직접 열고 거기에서 로그인하세요.
error-return-to-miswritten-title = 링크가 올바르게 작성되지 않았습니다
error-return-to-miswritten-text = 헬프 센터 페이지로 연결되지만 주소에 오류가 있습니다. 공백이 들어 있거나 “http:”로 시작하는 주소일 수 있습니다. 헬프 센터를 직접 열고 거기에서 로그인하세요.
error-unknown-brand-title = 알 수 없는 헬프 센터입니다
error-unknown-brand-text = 링크에 로그인하려는 헬프 센터가 나와 있지 않거나, 여기에 설정되지 않은 헬프 센터입니다. 헬프 센터로 돌아가 거기에서 로그인하세요.
error-no-token-title = 로그인 정보가 도착하지 않았습니다
error-no-token-text = 로그인 페이지가 로그인한 분이 누구인지 알려 주지 않은 채 돌려보냈습니다. 헬프 센터에서 다시 시작하세요.
error-token-too-large-title = 로그인 정보가 너무 큽니다
error-token-too-large-text = 로그인 페이지에서 보낸 고객님의 정보가 받을 수 있는 양을 넘습니다. 다시 시도해도 해결되지 않습니다. 고객 지원팀에 알려 주세요.
error-body-too-large-title = 한 번에 너무 많이 보냈습니다
error-body-too-large-text = 브라우저가 이 페이지에서 받을 수 있는 것보다 많은 데이터를 보냈습니다. 헬프 센터에서 다시 시작하시고, 같은 문제가 또 발생하면 고객 지원팀에 알려 주세요.
error-address-too-long-title = 링크가 너무 깁니다
error-address-too-long-text = 이곳으로 연결된 주소가 받을 수 있는 길이를 넘습니다. 헬프 센터의 첫 페이지를 열고 거기에서 로그인하세요.
error-headers-too-large-title = 브라우저가 너무 많은 정보를 보냈습니다
error-headers-too-large-text = 브라우저에 이 페이지의 쿠키가 너무 많아 받을 수 없습니다. 이 사이트의 쿠키를 삭제한 다음 헬프 센터에서 다시 로그인하세요.
error-request-too-slow-title = 시간이 너무 오래 걸렸습니다
error-request-too-slow-text = 연결이 너무 느려 브라우저의 요청을 읽지 못했습니다. 다시 시도하세요.
error-wrong-content-type-title = 읽을 수 없습니다
error-wrong-content-type-text = 로그인 페이지가 이해할 수 없는 형식으로 응답했습니다. 다시 시도해도 해결되지 않습니다. 고객 지원팀에 알려 주세요.
error-post-invalid-title = 로그인 페이지가 잘못된 정보를 보냈습니다
error-post-invalid-text = 빠진 내용이 있거나 이해할 수 없는 형식으로 보냈습니다. 로그인되지 않았습니다. 다시 시도해도 해결되지 않습니다. 고객 지원팀에 알려 주세요.
error-method-not-allowed-title = 여기에서는 사용할 수 없습니다
error-method-not-allowed-text = 브라우저가 방금 시도한 방식으로는 이 주소를 사용할 수 없습니다. 헬프 센터로 돌아가 거기에서 로그인하세요.
error-not-found-title = 여기에는 아무것도 없습니다
error-not-found-text = 주소가 잘못되었거나 오래되었을 수 있습니다. 로그인하려면 헬프 센터를 열고 거기에서 “로그인”을 선택하세요.
error-prefetch-title = 아직 시작되지 않았습니다
error-prefetch-text = 요청하시기 전에 브라우저가 이 페이지를 미리 불러오려고 했습니다. 아무 일도 일어나지 않았습니다. 지금 로그인하려면 헬프 센터에서 다시 시작하세요.

## The sign-in that the browser has begun

error-flow-missing-title = 진행 중인 로그인을 찾을 수 없습니다
error-flow-missing-text = 다른 브라우저에서 시작했거나 시작한 지 하루가 넘었거나 브라우저가 쿠키를 차단하고 있을 수 있습니다. 이 사이트의 쿠키를 허용하고 헬프 센터에서 다시 시작하세요.
error-flow-expired-title = 로그인하는 데 너무 오래 걸렸습니다
error-flow-expired-text = 안전을 위해 로그인은 한 시간 안에 완료해야 합니다. 처음부터 다시 시작하세요.
error-flow-used-title = 이 로그인은 이미 완료되었습니다
error-flow-used-text = 각 로그인은 한 번만 사용할 수 있으며, 이 로그인은 이미 사용되었습니다. 아마 로그인되어 있을 것입니다. 헬프 센터로 계속하거나 처음부터 다시 시작하세요.
error-flow-altered-title = 로그인 정보를 더 이상 읽을 수 없습니다
error-flow-altered-text = 로그인하는 동안 이 서비스가 다시 시작되었거나 브라우저에 보관된 정보가 변경되었습니다. 헬프 센터에서 다시 로그인하세요.
error-flow-foreign-title = 다른 사이트의 로그인입니다
error-flow-foreign-text = 한 사이트에서 로그인을 시작했는데 다른 사이트에서 응답이 왔습니다. 창을 여러 개 열어 두면 일어날 수 있습니다. 헬프 센터에서 다시 시작하고 같은 창에서 완료하세요.
error-flow-outdated-title = 로그인 방법이 변경되었습니다
error-flow-outdated-text = 로그인하는 동안 이곳의 설정이나 사용 중인 네트워크가 변경되었습니다. 헬프 센터에서 다시 시작하세요.

## What the sign-in page says about the person

error-assertion-unreadable-title = 로그인 정보를 읽을 수 없습니다
error-assertion-unreadable-text = 로그인 페이지에서 손상되었거나 불완전한 응답을 보냈습니다. 처음부터 다시 시작하시고, 같은 문제가 또 발생하면 고객 지원팀에 알려 주세요.
error-assertion-algorithm-title = 로그인 페이지가 올바르게 설정되지 않았습니다
error-assertion-algorithm-text = 이 페이지가 합의되지 않은 방식으로 응답에 서명하여 중단했습니다. 다시 시도해도 해결되지 않습니다. 고객 지원팀에 알려 주세요.
error-assertion-signature-title = 로그인을 확인할 수 없습니다
error-assertion-signature-text = 로그인 페이지의 응답이 올바르게 서명되지 않아 로그인되지 않았습니다. 처음부터 다시 시작하시고, 같은 문제가 또 발생하면 고객 지원팀에 알려 주세요.
error-assertion-too-old-title = 로그인 정보가 오래되었습니다
error-assertion-too-old-text = 로그인 페이지의 응답이 도착하기까지 3분이 넘게 걸렸습니다. 처음부터 다시 시작하세요.
error-assertion-from-the-future-title = 시계가 맞지 않습니다
error-assertion-from-the-future-text = 로그인 페이지의 시계에 따르면 미래에 응답한 것으로 되어 있습니다. 몇 분 후에 다시 시도하시고, 해결되지 않으면 고객 지원팀에 알려 주세요.
error-assertion-invalid-title = 로그인 정보에 빠진 내용이 있습니다
error-assertion-invalid-text = 로그인 페이지의 응답에 필요한 정보가 빠졌거나 형식이 잘못되었습니다. 다시 시도해도 해결되지 않습니다. 고객 지원팀에 알려 주세요.
error-assertion-audience-title = 다른 서비스를 위한 로그인입니다
error-assertion-audience-text = 로그인 페이지의 응답이 이 서비스로 보낸 것이 아니어서 중단했습니다. 처음부터 다시 시작하시고, 같은 문제가 또 발생하면 고객 지원팀에 알려 주세요.
error-session-expired-title = 더 이상 로그인되어 있지 않습니다
error-session-expired-text = 계정이 있는 사이트의 로그인이 만료되었습니다. 처음부터 다시 시작하여 그 사이트에 다시 로그인하세요.
error-session-key-unknown-title = 아직 로그인을 확인할 수 없습니다
error-session-key-unknown-text = 계정이 있는 사이트가 알 수 없는 방식으로 서명했습니다. 그 방식이 방금 변경되었을 수 있습니다. 1분 후에 처음부터 다시 시작하시고, 같은 문제가 또 발생하면 고객 지원팀에 알려 주세요.
error-session-issuer-title = 다른 서비스의 로그인입니다
error-session-issuer-text = 이곳의 로그인에 사용하는 사이트에서 만든 것이 아니어서 중단했습니다. 처음부터 다시 시작하시고, 같은 문제가 또 발생하면 고객 지원팀에 알려 주세요.
error-session-other-project-title = 다른 용도의 로그인입니다
error-session-other-project-text = 같은 회사의 다른 게임이나 사이트에 로그인되어 있지만, 그 로그인은 여기에서 사용할 수 없습니다. 처음부터 다시 시작하시고, 같은 문제가 또 발생하면 고객 지원팀에 알려 주세요.
error-session-ambiguous-title = 브라우저가 로그인을 두 개 보냈습니다
error-session-ambiguous-text = 서로 달라 어느 것이 본인의 로그인인지 알 수 없습니다. 계정이 있는 사이트에서 로그아웃하고 그 사이트의 쿠키를 삭제한 다음 처음부터 다시 시작하세요.
error-other-address-title = 올바른 주소가 아닙니다
error-other-address-text = 찾으시는 것은 이 서비스의 다른 주소에 있습니다. 그 주소에서 다시 시도하거나, 헬프 센터를 열고 거기에서 “로그인”을 선택하세요.
error-other-backend-title = 다른 로그인 방법의 링크입니다
error-other-backend-text = 이곳으로 연결된 주소가 방문하려는 헬프 센터와 맞지 않습니다. 처음부터 다시 시작하세요.
error-assertion-used-title = 이미 사용된 로그인입니다
error-assertion-used-text = 각 로그인은 한 번만 사용할 수 있습니다. 페이지를 새로 고쳤거나 이 페이지로 되돌아왔을 수 있습니다. 아직 로그인되지 않았다면 처음부터 다시 시작하세요.

## Who may sign in

error-address-reserved-title = 이 이메일 주소는 다른 곳에서 로그인합니다
error-address-reserved-text = 이 이메일 주소를 사용하는 분은 이 페이지가 아닌 다른 방법으로 로그인합니다. 방법을 모르시면 고객 지원팀에 문의하세요.
error-person-denied-title = 여기에서는 로그인할 수 없습니다
error-person-denied-text = 이 계정은 차단되었습니다. 다시 시도해도 해결되지 않습니다. 잘못된 것이라고 생각되면 고객 지원팀에 문의하세요.
error-address-not-allowed-title = 이 이메일 주소는 여기에서 사용할 수 없습니다
error-address-not-allowed-text = 여기에서는 특정 이메일 주소로만 로그인할 수 있으며, 사용하신 주소는 해당되지 않습니다. 다른 주소로 로그인하거나 고객 지원팀에 문의하세요.
error-email-invalid-title = 이메일 주소가 올바르지 않습니다
error-email-invalid-text = 로그인 페이지가 올바르지 않은 이메일 주소를 보냈습니다. 계정의 이메일 주소를 확인한 다음 처음부터 다시 시작하세요.
error-email-missing-title = 계정에 이메일 주소가 없습니다
error-email-missing-text = 헬프 센터는 이메일 주소로 사용자를 구분하는데, 계정이 있는 사이트가 이메일 주소를 알려 주지 않았습니다. 그 사이트의 계정에 이메일 주소를 추가한 다음 처음부터 다시 시작하세요.
error-email-proof-missing-title = 본인의 이메일 주소인지 알 수 없습니다
error-email-proof-missing-text = 계정이 있는 사이트가 이메일 주소의 인증 여부를 알려 주지 않습니다. 고객 지원팀에서만 해결할 수 있으니, 먼저 알려 주신 다음 처음부터 다시 시작하세요.
error-email-unverified-title = 먼저 이메일 주소를 인증하세요
error-email-unverified-text = 저희는 아무것도 보내지 않았습니다. 계정이 있는 사이트에서 온 메시지를 찾아 그 안의 링크를 연 다음 처음부터 다시 시작하세요.
error-external-id-missing-title = 계정 번호가 없습니다
error-external-id-missing-text = 로그인 페이지가 어느 계정이 본인의 것인지 알려 주지 않았습니다. 고객 지원팀에서만 해결할 수 있으니, 먼저 알려 주신 다음 처음부터 다시 시작하세요.
error-external-id-not-allowed-title = 계정을 연결하지 못했습니다
error-external-id-not-allowed-text = 이 브랜드의 로그인 페이지가 여기에서 사용할 수 없는 고객 번호를 알려 주었습니다. 아래 코드를 고객 지원팀에 알려 주시면 해결할 수 있습니다.
error-role-not-allowed-title = 이 계정은 여기에서 로그인할 수 없습니다
error-role-not-allowed-text = 로그인 페이지가 부여할 수 없는 권한을 요청하여 중단했습니다. 다시 시도해도 해결되지 않습니다. 고객 지원팀에 알려 주세요.
error-attribute-not-allowed-title = 이 로그인에 허용되지 않은 정보가 있습니다
error-attribute-not-allowed-text = 로그인 페이지가 결정할 권한이 없는 고객님의 정보를 보내어 중단했습니다. 다시 시도해도 해결되지 않습니다. 고객 지원팀에 알려 주세요.
error-confirmation-refused-title = 유효하지 않은 답변입니다
error-confirmation-refused-text = 답변이 너무 늦었거나, 이미 제출되었거나, 이 서비스의 페이지에서 온 것이 아닙니다. 이번에는 로그인되지 않았습니다. 처음부터 다시 시작하세요.
error-closed-title = 지금은 로그인을 받지 않습니다
error-closed-text = 지금은 아무도 여기에서 로그인할 수 없습니다. 헬프 센터 운영자의 안내:
error-loop-title = 같은 과정이 반복되고 있습니다
error-loop-text = 브라우저가 1분 안에 여러 번 로그인하거나 로그아웃하려고 하여 중단했습니다. 브라우저에서 쿠키를 허용하는지 확인하고 1분 후에 다시 시작하세요. 해결되지 않으면 고객 지원팀에 알려 주세요.
error-origin-refused-title = 알 수 없는 로그인 페이지입니다
error-origin-refused-text = 로그인 정보를 보낸 페이지는 여기에서 허용하는 페이지가 아니어서 중단했습니다. 헬프 센터를 열고 거기에서 “로그인”을 선택하세요.

## The form for an email address and a password

sign-in-title = { $brand }에 로그인
# The title of a form that is shown again because something in it was wrong
problem-title = 오류: { $title }
sign-in-email = 이메일 주소
sign-in-password = 비밀번호
password-show = 비밀번호 표시
password-hide = 비밀번호 숨기기
sign-in-button = 로그인
sign-in-forgot = 비밀번호를 잊으셨나요?
sign-in-register = 계정 만들기
action-reset-password = 새 비밀번호 설정

## What may be asked for after the password

challenge-button = 계속
challenge-start-over = 처음으로 돌아가기
new-password-title = 새 비밀번호를 설정하세요
new-password-text = 로그인에 사용한 비밀번호는 변경해야 합니다. 대문자와 소문자, 숫자, 기호를 섞은 긴 비밀번호가 가장 좋습니다.
new-password-label = 새 비밀번호
new-password-repeated = 새 비밀번호 다시 입력
code-title = 인증 코드를 입력하세요
code-by-sms-text = 인증 코드를 문자 메시지로 보내 드렸습니다.
code-by-email-text = 인증 코드를 이메일로 보내 드렸습니다. 도착하는 데 1분 정도 걸릴 수 있습니다.
code-by-authenticator-text = 인증 앱을 열고 이 계정에 대해 표시되는 인증 코드를 입력하세요.
code-label = 인증 코드
method-title = 인증 코드를 어떻게 받으시겠습니까?
method-text = 본인임을 확인하기 위해 비밀번호 외에 인증 코드가 필요합니다.
method-label = 인증 코드 받기
method-sms = 문자 메시지로
method-email = 이메일로
method-authenticator = 인증 앱에서
attribute-name = 성명
attribute-given-name = 이름
attribute-middle-name = 가운데 이름
attribute-family-name = 성
attribute-nickname = 닉네임
attribute-preferred-username = 사용자 이름
attribute-email = 이메일 주소
attribute-phone-number = 전화번호(예: +821012345678)
attribute-address = 주소
attribute-birthdate = 생년월일
attribute-gender = 성별
attribute-locale = 언어(예: ko-KR)
attribute-zoneinfo = 시간대(예: Asia/Seoul)
attribute-picture = 사진 주소
attribute-profile = 프로필 페이지 주소
attribute-website = 웹사이트

error-wrong-password-title = 로그인되지 않았습니다
error-wrong-password-text = 이메일 주소 또는 비밀번호가 올바르지 않습니다. 둘 다 확인하고 다시 시도하세요.
error-account-unconfirmed-title = 먼저 계정을 인증하세요
error-account-unconfirmed-text = 계정이 있지만 아직 인증되지 않았습니다. 가입할 때 받은 메시지를 찾아 안내대로 한 다음 처음부터 다시 시작하세요.
error-password-reset-required-title = 비밀번호를 변경해야 합니다
error-password-reset-required-text = 이전 비밀번호는 더 이상 사용할 수 없습니다. 새 비밀번호를 설정한 다음 처음부터 다시 시작하세요.
error-too-many-requests-title = 요청이 너무 많습니다
error-too-many-requests-text = 사용 중인 네트워크에서 짧은 시간에 매우 많은 요청이 있었습니다. 손실된 것은 없습니다. 잠시 기다린 후 처음부터 다시 시작하세요.
error-too-many-attempts-title = 시도 횟수가 너무 많습니다
error-too-many-attempts-text = 이 계정에 로그인하려는 시도가 너무 많았습니다. 손실된 것은 없습니다. 15분 후에 처음부터 다시 시작하세요.
error-wrong-code-title = 이 인증 코드는 사용할 수 없습니다
code-sent-wrong = 인증 코드가 올바르지 않거나 이미 사용되었습니다. 확인하고 다시 시도하거나 “처음으로 돌아가기”를 선택하여 새 인증 코드를 받으세요.
error-wrong-code-text = 인증 코드가 올바르지 않거나 이미 사용되었습니다. 다음 인증 코드를 기다리거나 지금 인증 코드를 확인하고 다시 시도하세요.
error-code-expired-title = 인증 코드가 만료되었습니다
error-code-expired-text = 인증 코드는 몇 분 동안만 유효합니다. “처음으로 돌아가기”를 선택하여 새 인증 코드를 받으세요.
error-second-step-missing-title = 계정에 2단계 인증이 필요합니다
error-second-step-missing-text = 여기에서는 비밀번호만으로는 충분하지 않으며, 계정에 아직 다른 인증 수단이 없습니다. 가입한 사이트에서 인증 앱과 같은 2단계 인증을 설정하세요. 그런 다음 처음부터 다시 시작하세요.
error-new-password-refused-title = 다른 비밀번호를 설정하세요
error-new-password-refused-text = 이 비밀번호는 너무 짧거나 단순하거나 이전에 사용한 것입니다. 다른 비밀번호를 설정하세요.
error-passwords-differ-title = 비밀번호가 일치하지 않습니다
error-passwords-differ-text = 서로 다른 비밀번호 두 개를 입력했습니다. 같은 비밀번호를 두 번 입력하세요.
error-attribute-refused-title = 입력한 내용을 확인하세요
error-attribute-refused-text = 빠진 내용이 있거나, 올바르게 작성되지 않았거나, 다른 계정에서 사용 중인 정보가 있습니다. 입력한 내용을 확인하고 다시 시도하세요.
error-challenge-over-title = 시간이 너무 오래 걸렸습니다
error-challenge-over-text = 안전을 위해 이 단계는 짧은 시간 안에 마쳐야 하며 한 번만 사용할 수 있습니다. 다시 로그인하세요.
error-form-refused-title = 신뢰할 수 없는 양식입니다
error-form-refused-text = 이 서비스의 페이지나 이 브라우저에서 온 것이 아닙니다. 로그인되지 않았습니다. 처음부터 다시 시작하세요.
error-ticket-refused-title = 이 링크는 사용할 수 없습니다
error-ticket-refused-text = 손상되었거나 다른 사람을 위해 만든 링크입니다. 로그인되지 않았습니다. 헬프 센터로 돌아가 거기에서 로그인하세요.
error-ticket-expired-title = 로그인하는 데 너무 오래 걸렸습니다
error-ticket-expired-text = 안전을 위해 이 링크는 1분 동안만 유효합니다. 헬프 센터로 돌아가 다시 로그인하세요.

## What the script of a company’s own sign-in page is told. Whoever wrote it reads this.

post-unreadable = 요청 본문은 각 이름이 한 번만 나오는 하나의 JSON 개체 또는 하나의 양식이어야 합니다.
post-field-missing = 요청 본문에 “{ $field }”이(가) 없습니다.
post-field-invalid = 요청 본문의 “{ $field }” 값이 올바르지 않습니다.

## What is out of order

error-store-unavailable-title = 지금은 로그인할 수 없습니다
error-store-unavailable-text = 서비스의 일부가 작동하지 않습니다. 고객님의 잘못이 아닙니다. 로그인되지 않았습니다. 몇 분 후에 다시 시도하세요.
error-too-many-from-backend-title = 로그인이 한꺼번에 몰렸습니다
error-too-many-from-backend-text = 이 헬프 센터의 로그인 페이지에서 평소보다 훨씬 많은 로그인이 들어와 지금은 고객님의 로그인을 받을 수 없습니다. 고객님의 잘못이 아닙니다. 로그인되지 않았습니다. 5분 후에 다시 시도하시고, 같은 문제가 또 발생하면 고객 지원팀에 알려 주세요.
error-too-many-from-network-title = 사용 중인 네트워크에서 로그인이 너무 많습니다
error-too-many-from-network-text = 사용 중인 네트워크에서 평소보다 훨씬 많은 로그인이 들어와 지금은 고객님의 로그인을 받을 수 없습니다. 로그인되지 않았습니다. 5분 후에 처음부터 다시 시작하거나 다른 네트워크를 사용하세요.
error-internal-title = 문제가 발생했습니다
error-internal-text = 고객님이 아니라 저희 쪽의 오류입니다. 몇 분 후에 다시 시도하시고, 같은 문제가 또 발생하면 고객 지원팀에 알려 주세요.

## What Zendesk reports at the remote logout address

error-zendesk-invalid-request-title = 헬프 센터가 로그인을 받아들이지 않았습니다
error-zendesk-invalid-request-text = 로그인 정보가 잘못된 곳에 도착했습니다. 로그아웃되지 않았습니다. 처음부터 다시 시작하시고, 같은 문제가 또 발생하면 고객 지원팀에 알려 주세요.
error-zendesk-signature-title = 헬프 센터가 로그인을 확인하지 못했습니다
error-zendesk-signature-text = 이 서비스와 헬프 센터 사이의 로그인 설정이 올바르지 않습니다. 로그아웃되지 않았습니다. 다시 시도해도 해결되지 않습니다. 고객 지원팀에 알려 주세요.
error-zendesk-not-allowed-title = 이 이메일 주소는 여기에서 사용할 수 없습니다
error-zendesk-not-allowed-text = 헬프 센터에서 이 이메일 주소로 가입하는 것을 허용하지 않습니다. 로그아웃되지 않았습니다. 다른 주소로 로그인하거나 고객 지원팀에 문의하세요.
error-zendesk-token-used-title = 이미 사용된 로그인입니다
error-zendesk-token-used-text = 헬프 센터는 각 로그인을 한 번만 받아들입니다. 로그아웃되지 않았으며, 아마 로그인되어 있을 것입니다. 헬프 센터로 계속하거나 처음부터 다시 시작하세요.
error-zendesk-clock-title = 로그인하는 데 너무 오래 걸렸습니다
error-zendesk-clock-text = 로그인 정보가 헬프 센터에 도착했을 때 이미 만료되어 있었습니다. 로그아웃되지 않았습니다. 처음부터 다시 시작하시고, 같은 문제가 또 발생하면 고객 지원팀에 알려 주세요.
error-zendesk-rate-limit-title = 동시 이용자가 너무 많습니다
error-zendesk-rate-limit-text = 헬프 센터는 한 번에 일정한 수의 로그인만 받아들입니다. 로그아웃되지 않았습니다. 1분 후에 다시 시도하세요.
error-zendesk-external-id-title = 계정이 두 개 있습니다
error-zendesk-external-id-text = 헬프 센터에 이 이메일 주소가 다른 계정 번호로, 또는 이 계정 번호가 다른 이메일 주소로 이미 등록되어 있습니다. 로그아웃되지 않았습니다. 고객 지원팀에서만 해결할 수 있으니 알려 주세요.
error-zendesk-unreadable-title = 헬프 센터가 로그인 정보를 읽지 못했습니다
error-zendesk-unreadable-text = 로그인 정보가 온전하게 도착하지 않았습니다. 로그아웃되지 않았습니다. 처음부터 다시 시작하시고, 같은 문제가 또 발생하면 고객 지원팀에 알려 주세요.
error-zendesk-unknown-title = 헬프 센터에 로그인되지 않았습니다
error-zendesk-unknown-text = 헬프 센터에서 저희가 아는 이유를 알려 주지 않았습니다. 로그아웃되지 않았습니다. 다시 시도하시고, 같은 문제가 또 발생하면 고객 지원팀에 알려 주세요.
error-backend-denied-title = 로그인되지 않았습니다
error-backend-denied-text = 로그인 페이지가 거부했거나 완료하기 전에 페이지를 떠났습니다. 다시 시도하시고, 같은 문제가 계속 발생하면 아래 코드를 고객 지원팀에 알려 주세요.
error-backend-unproven-title = 로그인을 확인할 수 없습니다
error-backend-unproven-text = 로그인 페이지가 돌려보낸 정보가 이번 로그인의 것이 아니거나 실제로 그 페이지에서 온 것이 아닙니다. 로그인되지 않았습니다. 처음부터 다시 시작하시고, 같은 문제가 계속 발생하면 아래 코드를 고객 지원팀에 알려 주세요.
error-backend-again-title = 다시 로그인하세요
error-backend-again-text = 로그인 페이지가 처리를 마치지 못했습니다. 시간이 꽤 지났거나 페이지가 혼잡할 수 있습니다. 처음부터 다시 시작하시고, 같은 문제가 계속 발생하면 아래 코드를 고객 지원팀에 알려 주세요.
error-backend-over-title = 이 로그인은 끝났습니다
error-backend-over-text = 로그인 페이지가 돌려보낸 정보가 이미 사용되었거나 도착하는 데 너무 오래 걸렸습니다. 처음부터 다시 시작하세요.
error-backend-unavailable-title = 지금은 로그인을 사용할 수 없습니다
error-backend-unavailable-text = 계정을 관리하는 시스템이 응답하지 않습니다. 몇 분 후에 다시 시도하세요.
