### What end users read; en.ftl says for whom and how.

## Choosing a brand

brands-title = どちらにサインインしますか？
brands-text = アクセスするヘルプセンターを選んでください。
# Where there are more than one page shows
brands-search = 名前で検索
brands-search-button = 検索
brands-before = 前のページ
brands-after = 次のページ
brands-not-found = 入力した語を名前に含むヘルプセンターはありません。別の語で検索するか、アクセスするヘルプセンターを開き、そこで「サインイン」を選んでください。
brands-none = ここで選べるものはありません。アクセスするヘルプセンターを開き、そこで「サインイン」を選んでください。

## Handing over to Zendesk

hand-off-title = { $brand }にサインインしています…
hand-off-text = すぐに終わります。
hand-off-by-hand = 何も起こらない場合は、ボタンを押してください。
hand-off-button = サインインを完了する
hand-off-over-title = 前のページに戻りました
hand-off-over-text = ここでの操作はもう必要ありません。そのままお進みください。
hand-off-over-link = { $brand }へ進む

# While the sign-in of a company's own page goes on
ticket-title = サインインしています…
ticket-scripts-title = この手順にはJavaScriptが必要です
ticket-scripts = お使いのブラウザではJavaScriptが無効になっています。有効にしてから、ヘルプセンターでもう一度サインインしてください。

## Asking before signing in

confirm-title = { $email }として{ $brand }へ進みますか？
confirm-sent-by = 別のWebサイトからこのページにアクセスされたため、確認しています：
confirm-from-unknown = どのWebサイトからアクセスされたかをブラウザが伝えていないため、確認しています。
confirm-from-no-page = ヘルプセンターからではなく、ブックマークやメッセージ内のリンクなどから直接アクセスされたため、確認しています。
confirm-again = アカウントのあるサイトにサインインしているのは自分ではないという回答が、数分前にここであったため、確認しています。
confirm-code-hint = この確認が毎回表示される場合は、このコードをサポートにお知らせください。
confirm-advice = これがご自分のメールアドレスで、たった今ご自分でサインインした場合にのみ続けてください。そうでない場合、ほかの人のアカウントがこのブラウザで開かれるおそれがあります。
confirm-button = 続ける
confirm-not-me = これは私ではありません

## Somebody is not who the site says they are

not-me-title = 先にアカウントのあるサイトでサインアウトしてください
not-me-text = アカウントのあるサイトにどなたかがサインインしていますが、こちらから代わりにサインアウトすることはできません。
not-me-site = サイトを開く：
not-me-sign-out = そのサイトでサインアウトします。
not-me-return = このページに戻り、ご自分のアカウントでサインインします。
not-me-again = 自分のアカウントでサインインする

# Shown for a moment, and only where a browser runs no scripts
onward-link = サインインページへ進む

## Signed out

signed-out-title = サインアウトしました
signed-out-text = ご利用ありがとうございました。この端末をほかの人も使う場合は、ブラウザのウィンドウもすべて閉じてください。
signed-out-home-of = { $brand }に戻る

## The front page

home-title = これはサインイン用のサービスです
home-text = ヘルプセンターから正しいサインインページへご案内し、その後ヘルプセンターへお戻しします。
home-advice = ここでの操作は必要ありません。サインインするには、アクセスするヘルプセンターを開き、そこで「サインイン」を選んでください。

## What every error page has

error-code = コード
error-code-hint = お問い合わせの際は、このコードをお知らせください。何が起きたかを調べることができます。
error-parameter = 該当するのは、アドレスの中の「{ $parameter }」という部分です。
error-support = { $brand }のサポートに問い合わせる
action-start-again = 最初からやり直す
action-continue = ヘルプセンターへ進む
action-home = ヘルプセンターへ移動
action-choose = ヘルプセンターを選ぶ
action-registered = 登録したサイトへ移動
action-try-again = もう一度試す

## The request itself

error-malformed-request-title = このリンクは壊れています
error-malformed-request-text = このリンクのアドレスが不完全か、長すぎるか、途中で変更されています。ヘルプセンターに戻り、そこからサインインしてください。
error-return-to-refused-title = このリンクは別の場所につながっています
error-return-to-refused-text = このリンクの移動先が、このヘルプセンターのものではないWebサイトになっているため、中止しました。ご自分でヘルプセンターを開き、そこからサインインしてください。
error-return-to-miswritten-title = このリンクの書き方が正しくありません
error-return-to-miswritten-text = ヘルプセンターのページへのリンクですが、アドレスに誤りがあります。空白が入っているか、「http:」で始まっている可能性があります。ご自分でヘルプセンターを開き、そこからサインインしてください。
error-unknown-brand-title = このヘルプセンターは不明です
error-unknown-brand-text = サインインするヘルプセンターがリンクで指定されていないか、ここで設定されていないヘルプセンターが指定されています。ヘルプセンターに戻り、そこからサインインしてください。
error-no-token-title = サインインの情報が届きませんでした
error-no-token-text = サインインページから戻りましたが、サインインした方の情報が届いていません。ヘルプセンターからやり直してください。
error-token-too-large-title = サインインの情報が大きすぎます
error-token-too-large-text = サインインページから、受け取れる量を超えるお客様の情報が送られました。やり直しても解決しません。サポートにお知らせください。
error-body-too-large-title = 一度に送られた量が多すぎます
error-body-too-large-text = ブラウザから、このページで受け取れる量を超えるデータが送られました。ヘルプセンターからやり直してください。再び発生した場合は、サポートにお知らせください。
error-address-too-long-title = このリンクは長すぎます
error-address-too-long-text = このリンクのアドレスは、受け取れる長さを超えています。ヘルプセンターのトップページを開き、そこからサインインしてください。
error-headers-too-large-title = ブラウザから送られた情報が多すぎます
error-headers-too-large-text = ブラウザに保存されているこのページのCookieが多すぎて、受け取れません。このサイトのCookieを削除してから、ヘルプセンターでもう一度サインインしてください。
error-request-too-slow-title = 時間がかかりすぎました
error-request-too-slow-text = 接続が遅すぎて、ブラウザからのリクエストを読み取れませんでした。もう一度お試しください。
error-wrong-content-type-title = 読み取れません
error-wrong-content-type-text = サインインページの応答が、対応していない形式で送られました。やり直しても解決しません。サポートにお知らせください。
error-post-invalid-title = サインインページから誤った情報が送られました
error-post-invalid-text = 必要な情報が欠けているか、対応していない形式で送られました。サインインは行われていません。やり直しても解決しません。サポートにお知らせください。
error-method-not-allowed-title = この操作はここではできません
error-method-not-allowed-text = ブラウザが行おうとした方法では、このアドレスを使えません。ヘルプセンターに戻り、そこからサインインしてください。
error-not-found-title = ここには何もありません
error-not-found-text = アドレスが間違っているか、古くなっている可能性があります。サインインするには、ヘルプセンターを開き、そこで「サインイン」を選んでください。
error-prefetch-title = まだ始まっていません
error-prefetch-text = お客様がこのページを開く前に、ブラウザが先に読み込もうとしました。まだ何も行われていません。今サインインするには、ヘルプセンターからやり直してください。

## The sign-in that the browser has begun

error-flow-missing-title = 進行中のサインインが見つかりません
error-flow-missing-text = 別のブラウザで始めたか、始めてから1日以上経過しているか、ブラウザがCookieをブロックしている可能性があります。このサイトのCookieを許可し、ヘルプセンターからやり直してください。
error-flow-expired-title = サインインに時間がかかりすぎました
error-flow-expired-text = 安全のため、サインインは1時間以内に完了する必要があります。最初からやり直してください。
error-flow-used-title = このサインインはすでに完了しています
error-flow-used-text = 同じサインインは1回しか使えず、これはすでに使われています。おそらくサインイン済みです。ヘルプセンターへ進むか、最初からやり直してください。
error-flow-altered-title = サインインの情報を読み取れなくなりました
error-flow-altered-text = サインイン中にこのサービスが再起動されたか、ブラウザに保存された情報が変更されています。ヘルプセンターからもう一度サインインしてください。
error-flow-foreign-title = このサインインは別のサイトのものです
error-flow-foreign-text = サインインを始めたサイトとは別のサイトから応答が届きました。複数のウィンドウを開いていると起こることがあります。ヘルプセンターからやり直し、同じウィンドウで完了してください。
error-flow-outdated-title = サインインの方法が変わりました
error-flow-outdated-text = サインインしている間に、こちらの設定またはお使いのネットワークが変わりました。ヘルプセンターからやり直してください。

## What the sign-in page says about the person

error-assertion-unreadable-title = サインインの情報を読み取れません
error-assertion-unreadable-text = サインインページから、壊れているか不完全な応答が届きました。最初からやり直し、再び発生した場合はサポートにお知らせください。
error-assertion-algorithm-title = サインインページの設定に誤りがあります
error-assertion-algorithm-text = 取り決めとは異なる方法で応答に署名されているため、中止しました。やり直しても解決しません。サポートにお知らせください。
error-assertion-signature-title = サインインを確認できません
error-assertion-signature-text = サインインページの応答の署名が正しくないため、サインインは行われていません。最初からやり直し、再び発生した場合はサポートにお知らせください。
error-assertion-too-old-title = サインインの情報が古くなっています
error-assertion-too-old-text = サインインページの応答が届くまでに、3分を超える時間がかかりました。最初からやり直してください。
error-assertion-from-the-future-title = 時計がずれています
error-assertion-from-the-future-text = サインインページの時計によると、未来の時刻に応答したことになっています。数分後にもう一度お試しください。解決しない場合は、サポートにお知らせください。
error-assertion-invalid-title = サインインの情報が不足しています
error-assertion-invalid-text = サインインページの応答に必要な情報が欠けているか、形式が誤っています。やり直しても解決しません。サポートにお知らせください。
error-assertion-audience-title = このサインインは別のサービス向けです
error-assertion-audience-text = サインインページの応答がこのサービス宛てではないため、中止しました。最初からやり直し、再び発生した場合はサポートにお知らせください。
error-session-expired-title = すでにサインアウトされています
error-session-expired-text = アカウントをお持ちのサイトでのサインインの期限が切れました。最初からやり直し、そのサイトでもう一度サインインしてください。
error-session-key-unknown-title = サインインをまだ確認できません
error-session-key-unknown-text = アカウントをお持ちのサイトが、こちらで把握していない方法で署名しています。変更されたばかりかもしれません。1分ほど待ってから最初からやり直し、再び発生した場合はサポートにお知らせください。
error-session-issuer-title = このサインインは別のサービスのものです
error-session-issuer-text = ここでのサインインに使われるサイトが発行したものではないため、中止しました。最初からやり直し、再び発生した場合はサポートにお知らせください。
error-session-other-project-title = このサインインは別の用途のものです
error-session-other-project-text = 同じ会社の別のゲームまたはサイトにサインインしていますが、そのサインインはここでは使えません。最初からやり直し、再び発生した場合はサポートにお知らせください。
error-session-ambiguous-title = ブラウザから2つのサインインが送られました
error-session-ambiguous-text = 内容が異なり、どちらがお客様のものか判断できません。アカウントをお持ちのサイトでサインアウトし、そのサイトのCookieを削除してから、最初からやり直してください。
error-other-address-title = このアドレスではありません
error-other-address-text = お探しのものは、このサービスの別のアドレスにあります。そちらでもう一度試すか、ヘルプセンターを開き、そこで「サインイン」を選んでください。
error-other-backend-title = このリンクは別のサインイン方法のものです
error-other-backend-text = このリンクのアドレスは、アクセスするヘルプセンターに合っていません。最初からやり直してください。
error-assertion-used-title = このサインインはすでに使われています
error-assertion-used-text = 同じサインインは1回しか使えません。ページを再読み込みしたか、このページに戻ってきた可能性があります。まだサインインしていない場合は、最初からやり直してください。

## Who may sign in

error-address-reserved-title = このメールアドレスのサインイン先は別の場所です
error-address-reserved-text = このメールアドレスをお使いの方は、このページではなく別の方法でサインインします。方法が分からない場合は、サポートにお問い合わせください。
error-person-denied-title = ここではサインインできません
error-person-denied-text = このアカウントはブロックされています。やり直しても解決しません。間違いだと思われる場合は、サポートにお問い合わせください。
error-address-not-allowed-title = このメールアドレスはここでは使えません
error-address-not-allowed-text = ここでサインインできるのは特定のメールアドレスだけで、お使いのアドレスは含まれていません。別のアドレスでサインインするか、サポートにお問い合わせください。
error-email-invalid-title = メールアドレスが正しくありません
error-email-invalid-text = サインインページから、正しくないメールアドレスが送られました。アカウントのメールアドレスを確認してから、最初からやり直してください。
error-email-missing-title = アカウントにメールアドレスがありません
error-email-missing-text = ヘルプセンターではメールアドレスで利用者を識別しますが、アカウントをお持ちのサイトからメールアドレスが伝えられませんでした。そのサイトでアカウントにメールアドレスを追加してから、最初からやり直してください。
error-email-proof-missing-title = メールアドレスがご本人のものか確認できません
error-email-proof-missing-text = アカウントをお持ちのサイトから、メールアドレスが確認済みかどうかが伝えられていません。解決できるのはサポートだけです。サポートにお知らせのうえ、最初からやり直してください。
error-email-unverified-title = 先にメールアドレスの確認を済ませてください
error-email-unverified-text = こちらからは何もお送りしていません。アカウントをお持ちのサイトから届いたメッセージを探し、その中のリンクを開いてから、最初からやり直してください。
error-external-id-missing-title = アカウント番号がありません
error-external-id-missing-text = どのアカウントがお客様のものか、サインインページから伝えられませんでした。解決できるのはサポートだけです。サポートにお知らせのうえ、最初からやり直してください。
error-external-id-not-allowed-title = アカウントを照合できませんでした
error-external-id-not-allowed-text = このブランドのサインインページが、ここでの使用を許可されていない顧客番号を伝えました。下のコードをサポートにお知らせください。サポートで解決できます。
error-role-not-allowed-title = このアカウントではここにサインインできません
error-role-not-allowed-text = サインインページが、付与を許可されていない権限を求めたため、中止しました。やり直しても解決しません。サポートにお知らせください。
error-attribute-not-allowed-title = このサインインには許可されていない内容があります
error-attribute-not-allowed-text = サインインページから、そのページでは決められないお客様の情報が伝えられたため、中止しました。やり直しても解決しません。サポートにお知らせください。
error-confirmation-refused-title = この回答は無効です
error-confirmation-refused-text = 回答が遅すぎたか、すでに回答済みか、このサービスのページからのものではありません。今回、サインインは行われていません。最初からやり直してください。
error-closed-title = サインインは停止中です
error-closed-text = 現在、ここではだれもサインインできません。ヘルプセンターの運営者からのお知らせ：
error-loop-title = 同じ処理が繰り返されています
error-loop-text = ブラウザが1分以内に何度もサインインまたはサインアウトしようとしたため、中止しました。ブラウザでCookieが許可されていることを確認し、1分待ってから最初からやり直してください。解決しない場合は、サポートにお知らせください。
error-origin-refused-title = このサインインページは不明です
error-origin-refused-text = サインインの情報を送ったページは、こちらで受け付けているものではないため、中止しました。ヘルプセンターを開き、そこで「サインイン」を選んでください。

## The form for an email address and a password

sign-in-title = { $brand }にサインイン
# The title of a form that is shown again because something in it was wrong
problem-title = エラー：{ $title }
sign-in-email = メールアドレス
sign-in-password = パスワード
password-show = パスワードを表示
password-hide = パスワードを隠す
sign-in-button = サインイン
sign-in-forgot = パスワードをお忘れですか？
sign-in-register = アカウントを作成
action-reset-password = 新しいパスワードを設定

## What may be asked for after the password

challenge-button = 続ける
challenge-start-over = 最初からやり直す
new-password-title = 新しいパスワードを設定してください
new-password-text = サインインに使ったパスワードは、変更が必要です。大文字と小文字、数字、記号を含む長いパスワードがおすすめです。
new-password-label = 新しいパスワード
new-password-repeated = 新しいパスワード（もう一度）
code-title = 認証コードを入力してください
code-by-sms-text = 認証コードをSMSでお送りしました。
code-by-email-text = 認証コードをメールでお送りしました。届くまでに1分ほどかかることがあります。
code-by-authenticator-text = 認証アプリを開き、このアカウント用に表示される認証コードを入力してください。
code-label = 認証コード
method-title = 認証コードをどのように受け取りますか？
method-text = ご本人であることを確認するため、パスワードのほかに認証コードが必要です。
method-label = 認証コードの受け取り方法
method-sms = SMS
method-email = メール
method-authenticator = 認証アプリ
attribute-name = 氏名
attribute-given-name = 名
attribute-middle-name = ミドルネーム
attribute-family-name = 姓
attribute-nickname = ニックネーム
attribute-preferred-username = ユーザー名
attribute-email = メールアドレス
attribute-phone-number = 電話番号（例：+819012345678）
attribute-address = 住所
attribute-birthdate = 生年月日
attribute-gender = 性別
attribute-locale = 言語（例：ja-JP）
attribute-zoneinfo = タイムゾーン（例：Asia/Tokyo）
attribute-picture = 画像のアドレス
attribute-profile = プロフィールページのアドレス
attribute-website = Webサイト

error-wrong-password-title = サインインできませんでした
error-wrong-password-text = メールアドレスまたはパスワードが正しくありません。両方を確認して、もう一度お試しください。
error-account-unconfirmed-title = 先にアカウントの確認を済ませてください
error-account-unconfirmed-text = アカウントはありますが、まだ確認が済んでいません。登録時に届いたメッセージを探し、その指示に従ってから、最初からやり直してください。
error-password-reset-required-title = パスワードの変更が必要です
error-password-reset-required-text = 以前のパスワードは使えなくなりました。新しいパスワードを設定してから、最初からやり直してください。
error-too-many-requests-title = リクエストが多すぎます
error-too-many-requests-text = お使いのネットワークから短時間に非常に多くのリクエストがありました。何も失われていません。少し待ってから、最初からやり直してください。
error-too-many-attempts-title = 試行回数が多すぎます
error-too-many-attempts-text = このアカウントへのサインインが何度も試されました。何も失われていません。15分待ってから、最初からやり直してください。
error-wrong-code-title = この認証コードは使えません
code-sent-wrong = 認証コードが間違っているか、すでに使われています。確認してもう一度試すか、「最初からやり直す」を選んで新しい認証コードを受け取ってください。
error-wrong-code-text = 認証コードが間違っているか、すでに使われています。次の認証コードを待つか、今の認証コードを確認して、もう一度お試しください。
error-code-expired-title = この認証コードは期限切れです
error-code-expired-text = 認証コードの有効期間は数分だけです。「最初からやり直す」を選んで、新しい認証コードを受け取ってください。
error-second-step-missing-title = アカウントに2段階認証が必要です
error-second-step-missing-text = ここではパスワードだけでは不十分ですが、アカウントにはほかの認証方法がまだありません。登録したサイトで、認証アプリなどの2段階認証を設定してください。その後、最初からやり直してください。
error-new-password-refused-title = 別のパスワードを設定してください
error-new-password-refused-text = このパスワードは短すぎるか、簡単すぎるか、以前に使ったものです。別のパスワードを設定してください。
error-passwords-differ-title = パスワードが一致しません
error-passwords-differ-text = 2つの異なるパスワードが入力されました。同じパスワードを2回入力してください。
error-attribute-refused-title = 入力内容を確認してください
error-attribute-refused-text = 入力されていない項目があるか、書き方が正しくないか、別のアカウントで使われているものがあります。入力内容を確認して、もう一度お試しください。
error-challenge-over-title = 時間がかかりすぎました
error-challenge-over-text = 安全のため、この手順に使える時間は短く、1回しか使えません。もう一度サインインしてください。
error-form-refused-title = このフォームは信頼できません
error-form-refused-text = このサービスのページからのものではないか、このブラウザからのものではありません。サインインは行われていません。最初からやり直してください。
error-ticket-refused-title = このリンクは使えません
error-ticket-refused-text = 壊れているか、ほかの人のために作られたものです。サインインは行われていません。ヘルプセンターに戻り、そこからサインインしてください。
error-ticket-expired-title = サインインに時間がかかりすぎました
error-ticket-expired-text = 安全のため、このリンクは1分間だけ有効です。ヘルプセンターに戻り、もう一度サインインしてください。

## What the script of a company’s own sign-in page is told. Whoever wrote it reads this.

post-unreadable = リクエストの本文は、各名前が1回だけ現れる1つのJSONオブジェクトまたは1つのフォームでなければなりません。
post-field-missing = リクエストの本文に「{ $field }」がありません。
post-field-invalid = リクエストの本文の「{ $field }」の値が正しくありません。

## What is out of order

error-store-unavailable-title = 現在サインインできません
error-store-unavailable-text = サービスの一部が動作していません。お客様に原因はありません。サインインは行われていません。数分後にもう一度お試しください。
error-too-many-from-backend-title = サインインが集中しています
error-too-many-from-backend-text = このヘルプセンターのサインインページから、通常よりはるかに多くのサインインが届いており、現在お客様のサインインを受け付けられません。お客様に原因はありません。サインインは行われていません。5分後にもう一度お試しください。再び発生した場合は、サポートにお知らせください。
error-too-many-from-network-title = お使いのネットワークからのサインインが集中しています
error-too-many-from-network-text = お使いのネットワークから、通常よりはるかに多くのサインインが届いており、現在お客様のサインインを受け付けられません。サインインは行われていません。5分待ってから最初からやり直すか、別のネットワークをお使いください。
error-internal-title = 問題が発生しました
error-internal-text = 原因はお客様ではなく、こちらにあります。数分後にもう一度お試しください。再び発生した場合は、サポートにお知らせください。

## What Zendesk reports at the remote logout address

error-zendesk-invalid-request-title = ヘルプセンターがサインインを受け付けませんでした
error-zendesk-invalid-request-text = サインインの情報が誤った場所に届きました。サインアウトは行われていません。最初からやり直し、再び発生した場合はサポートにお知らせください。
error-zendesk-signature-title = ヘルプセンターがサインインを確認できませんでした
error-zendesk-signature-text = このサービスとヘルプセンターの間で、サインインの設定に誤りがあります。サインアウトは行われていません。やり直しても解決しません。サポートにお知らせください。
error-zendesk-not-allowed-title = このメールアドレスはここでは使えません
error-zendesk-not-allowed-text = ヘルプセンターでは、お使いのメールアドレスでの登録が許可されていません。サインアウトは行われていません。別のアドレスでサインインするか、サポートにお問い合わせください。
error-zendesk-token-used-title = このサインインはすでに使われています
error-zendesk-token-used-text = ヘルプセンターは、同じサインインを1回しか受け付けません。サインアウトは行われておらず、おそらくサインイン済みです。ヘルプセンターへ進むか、最初からやり直してください。
error-zendesk-clock-title = サインインに時間がかかりすぎました
error-zendesk-clock-text = サインインの情報がヘルプセンターに届いたときには、期限が切れていました。サインアウトは行われていません。最初からやり直し、再び発生した場合はサポートにお知らせください。
error-zendesk-rate-limit-title = アクセスが集中しています
error-zendesk-rate-limit-text = ヘルプセンターが同時に受け付けられるサインインの数には限りがあります。サインアウトは行われていません。1分待ってから、もう一度お試しください。
error-zendesk-external-id-title = アカウントが2つあります
error-zendesk-external-id-text = ヘルプセンターには、お客様のメールアドレスが別のアカウント番号で、またはお客様のアカウント番号が別のメールアドレスで、すでに登録されています。サインアウトは行われていません。解決できるのはサポートだけです。サポートにお知らせください。
error-zendesk-unreadable-title = ヘルプセンターがサインインの情報を読み取れませんでした
error-zendesk-unreadable-text = 情報が完全には届きませんでした。サインアウトは行われていません。最初からやり直し、再び発生した場合はサポートにお知らせください。
error-zendesk-unknown-title = ヘルプセンターでサインインできませんでした
error-zendesk-unknown-text = ヘルプセンターから、こちらで分かる理由は示されませんでした。サインアウトは行われていません。もう一度お試しください。再び発生した場合は、サポートにお知らせください。
error-backend-denied-title = サインインできませんでした
error-backend-denied-text = サインインページで拒否されたか、完了する前にページを離れました。もう一度お試しください。何度も発生する場合は、下のコードをサポートにお知らせください。
error-backend-unproven-title = サインインを確認できません
error-backend-unproven-text = サインインページから返された情報は、今回のサインインのものではないか、実際にはそのページからのものではありません。サインインは行われていません。最初からやり直し、何度も発生する場合は、下のコードをサポートにお知らせください。
error-backend-again-title = もう一度サインインしてください
error-backend-again-text = サインインページの処理が完了しませんでした。時間が空いたか、ページが混み合っている可能性があります。最初からやり直し、何度も発生する場合は、下のコードをサポートにお知らせください。
error-backend-over-title = このサインインは終了しています
error-backend-over-text = サインインページから返された情報は、すでに使われているか、届くまでに時間がかかりすぎました。最初からやり直してください。
error-backend-unavailable-title = 現在サインインを利用できません
error-backend-unavailable-text = アカウントを管理しているシステムが応答していません。数分後にもう一度お試しください。
