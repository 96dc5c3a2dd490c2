### What end users read; en.ftl says for whom and how.

## Choosing a brand

brands-title = 您要登入哪裡？
brands-text = 請選擇您要造訪的說明中心。
# Where there are more than one page shows
brands-search = 依名稱搜尋
brands-search-button = 搜尋
brands-before = 上一頁
brands-after = 下一頁
brands-not-found = 沒有名稱包含該字詞的說明中心。請換一個字詞，或開啟您要造訪的說明中心，並在那裡選擇「登入」。
brands-none = 這裡沒有可選擇的說明中心。請開啟您要造訪的說明中心，並在那裡選擇「登入」。

## Handing over to Zendesk

hand-off-title = 正在為您登入 { $brand }…
hand-off-text = 只需要一點時間。
hand-off-by-hand = 如果沒有任何反應，請按一下按鈕。
hand-off-button = 完成登入
hand-off-over-title = 您回到了先前的頁面
hand-off-over-text = 您不需要在此進行其他操作，可以直接繼續。
hand-off-over-link = 前往 { $brand }

# While the sign-in of a company's own page goes on
ticket-title = 正在為您登入…
ticket-scripts-title = 此步驟需要 JavaScript
ticket-scripts = 您的瀏覽器已關閉 JavaScript。請將它開啟，然後從說明中心重新登入。

## Asking before signing in

confirm-title = 要以 { $email } 的身分繼續前往 { $brand } 嗎？
confirm-sent-by = 您是從另一個網站來到此頁面的，因此需要確認：
confirm-from-unknown = 您的瀏覽器沒有告訴我們您來自哪個網站，因此需要確認。
confirm-from-no-page = 您不是從說明中心進入的，而是透過書籤或訊息中的連結等其他網址進入的，因此需要確認。
confirm-again = 幾分鐘前有人在這裡表示，帳戶所在的網站上登入的不是本人，因此需要確認。
confirm-code-hint = 如果每次都需要確認，請將此代碼告知客服。
confirm-advice = 只有在這是您的電子郵件地址，而且您剛剛親自登入時，才可繼續。否則，您的瀏覽器可能會開啟其他人的帳戶。
confirm-button = 繼續
confirm-not-me = 這不是我

## Somebody is not who the site says they are

not-me-title = 請先在帳戶所在的網站登出
not-me-text = 帳戶所在的網站上已有人登入，我們無法替您登出。
not-me-site = 開啟網站：
not-me-sign-out = 在那裡登出。
not-me-return = 返回此頁面，並用您自己的帳戶登入。
not-me-again = 用自己的帳戶登入

# Shown for a moment, and only where a browser runs no scripts
onward-link = 前往登入頁面

## Signed out

signed-out-title = 您已登出
signed-out-text = 感謝您的造訪。如果其他人也使用此裝置，請一併關閉瀏覽器的所有視窗。
signed-out-home-of = 返回 { $brand }

## The front page

home-title = 這是一項登入服務
home-text = 它會將您從說明中心帶到正確的登入頁面，然後再帶您返回。
home-advice = 您不需要在此進行任何操作。若要登入，請開啟您要造訪的說明中心，並在那裡選擇「登入」。

## What every error page has

error-code = 代碼
error-code-hint = 如需協助，請提供此代碼，以便我們查明發生了什麼事。
error-parameter = 有問題的是網址中名為「{ $parameter }」的部分。
error-support = 聯絡 { $brand } 客服
action-start-again = 重新開始
action-continue = 繼續前往說明中心
action-home = 前往說明中心
action-choose = 選擇說明中心
action-registered = 前往您註冊的網站
action-try-again = 再試一次

## The request itself

error-malformed-request-title = 此連結已損壞
error-malformed-request-text = 將您帶到這裡的網址不完整、過長，或在傳遞過程中遭到變更。請返回說明中心，並從那裡登入。
error-return-to-refused-title = 此連結指向別處
error-return-to-refused-text = 該連結要求我們將您帶到不屬於此說明中心的網站，因此我們已中止操作。請自行開啟說明中心，並從那裡登入。
error-return-to-miswritten-title = 此連結的寫法有誤
error-return-to-miswritten-text = 它指向說明中心的一個頁面，但網址有誤：可能包含空格，或以「http:」開頭。請自行開啟說明中心，並從那裡登入。
error-unknown-brand-title = 未知的說明中心
error-unknown-brand-text = 該連結沒有說明您要登入哪個說明中心，或指向了未在此設定的說明中心。請返回說明中心，並從那裡登入。
error-no-token-title = 登入資訊沒有送達
error-no-token-text = 登入頁面將您轉回時沒有告知您的身分。請從說明中心重新開始。
error-token-too-large-title = 登入資訊過大
error-token-too-large-text = 登入頁面傳送的有關您的資訊超出了我們能接收的大小。再試也無法解決，請告知客服。
error-body-too-large-title = 一次傳送的內容過多
error-body-too-large-text = 您的瀏覽器傳送的內容超出了此頁面能接收的大小。請從說明中心重新開始；如果再次發生，請告知客服。
error-address-too-long-title = 此連結過長
error-address-too-long-text = 將您帶到這裡的網址超出了我們能接受的長度。請開啟說明中心的首頁，並從那裡登入。
error-headers-too-large-title = 您的瀏覽器傳送的內容過多
error-headers-too-large-text = 您的瀏覽器為此頁面保存的 Cookie 過多，超出了此頁面能接收的大小。請刪除此網站的 Cookie，然後從說明中心重新登入。
error-request-too-slow-title = 耗時過久
error-request-too-slow-text = 連線太慢，我們無法讀取您瀏覽器的要求。請再試一次。
error-wrong-content-type-title = 我們無法讀取此內容
error-wrong-content-type-text = 登入頁面的回應採用了我們無法辨識的格式。再試也無法解決，請告知客服。
error-post-invalid-title = 登入頁面傳送了錯誤的內容
error-post-invalid-text = 它遺漏了某些內容，或採用了我們無法辨識的格式。沒有登入任何帳戶。再試也無法解決，請告知客服。
error-method-not-allowed-title = 此操作在這裡無法使用
error-method-not-allowed-text = 此網址不能以您瀏覽器剛才嘗試的方式使用。請返回說明中心，並從那裡登入。
error-not-found-title = 這裡什麼都沒有
error-not-found-text = 網址可能有誤或已失效。若要登入，請開啟說明中心，並在那裡選擇「登入」。
error-prefetch-title = 尚未開始
error-prefetch-text = 在您開啟此頁面之前，您的瀏覽器就嘗試預先載入它。什麼都沒有發生。若要現在登入，請從說明中心重新開始。

## The sign-in that the browser has begun

error-flow-missing-title = 我們找不到您的登入要求
error-flow-missing-text = 它可能是在另一個瀏覽器中或一天多前開始的，也可能是您的瀏覽器封鎖了 Cookie。請允許此網站的 Cookie，並從說明中心重新開始。
error-flow-expired-title = 您的登入耗時過久
error-flow-expired-text = 為了您的安全，登入必須在一小時內完成。請重新開始。
error-flow-used-title = 此次登入已經完成
error-flow-used-text = 每個登入要求只能使用一次，而這個已經用過。您可能已經登入。請繼續前往說明中心，或重新開始。
error-flow-altered-title = 我們無法再讀取您的登入資訊
error-flow-altered-text = 在您登入期間，此服務重新啟動過，或您瀏覽器保存的內容遭到變更。請從說明中心重新登入。
error-flow-foreign-title = 此登入要求屬於另一個網站
error-flow-foreign-text = 您在一個網站開始登入，而回應來自另一個網站。開啟多個視窗時會發生這種情況。請從說明中心重新開始，並在同一個視窗中完成。
error-flow-outdated-title = 您的登入方式已變更
error-flow-outdated-text = 在您登入期間，此處的設定或您所在的網路有所變更。請從說明中心重新開始。

## What the sign-in page says about the person

error-assertion-unreadable-title = 我們無法讀取您的登入資訊
error-assertion-unreadable-text = 登入頁面傳送的回應已損壞或不完整。請重新開始；如果再次發生，請告知客服。
error-assertion-algorithm-title = 登入頁面設定不正確
error-assertion-algorithm-text = 它用未經約定的方式對回應簽章，因此我們已中止操作。再試也無法解決，請告知客服。
error-assertion-signature-title = 我們無法驗證您的登入資訊
error-assertion-signature-text = 登入頁面的回應沒有正確簽章，因此沒有登入任何帳戶。請重新開始；如果再次發生，請告知客服。
error-assertion-too-old-title = 您的登入資訊已過期
error-assertion-too-old-text = 登入頁面的回應過了三分多鐘才送達。請重新開始。
error-assertion-from-the-future-title = 時鐘有誤
error-assertion-from-the-future-text = 按照登入頁面自己的時鐘，它的回應時間是在未來。請幾分鐘後再試一次；如果仍無法解決，請告知客服。
error-assertion-invalid-title = 您的登入資訊缺少某些內容
error-assertion-invalid-text = 登入頁面遺漏了必要的內容，或傳送的格式有誤。再試也無法解決，請告知客服。
error-assertion-audience-title = 此登入資訊是傳給另一項服務的
error-assertion-audience-text = 登入頁面的回應不是傳給我們的，因此我們已中止操作。請重新開始；如果再次發生，請告知客服。
error-session-expired-title = 您的登入狀態已失效
error-session-expired-text = 您在帳戶所在網站的登入已過期。請重新開始，並在那裡再次登入。
error-session-key-unknown-title = 我們暫時無法驗證您的登入資訊
error-session-key-unknown-text = 您的帳戶所在的網站用我們不知道的方式簽章。簽章方式可能剛剛變更。請一分鐘後重新開始；如果再次發生，請告知客服。
error-session-issuer-title = 此登入資訊來自另一項服務
error-session-issuer-text = 它不是由此處用於登入的網站簽發的，因此我們已中止操作。請重新開始；如果再次發生，請告知客服。
error-session-other-project-title = 此登入資訊屬於其他用途
error-session-other-project-text = 您登入的是同一家公司的另一款遊戲或另一個網站，在此處無效。請重新開始；如果再次發生，請告知客服。
error-session-ambiguous-title = 您的瀏覽器傳送了兩份登入資訊
error-session-ambiguous-text = 兩份內容不同，我們無法判斷哪一份是您的。請在您的帳戶所在的網站登出，刪除該網站的 Cookie，然後重新開始。
error-other-address-title = 這不是正確的網址
error-other-address-text = 您要找的內容位於我們的另一個網址。請在那裡再試一次，或開啟說明中心，並在那裡選擇「登入」。
error-other-backend-title = 此連結屬於另一種登入方式
error-other-backend-text = 將您帶到這裡的網址與您要造訪的說明中心不符。請重新開始。
error-assertion-used-title = 此登入要求已被使用
error-assertion-used-text = 每個登入要求只能使用一次。您可能重新載入了此頁面，或返回到此頁面。如果您尚未登入，請重新開始。

## Who may sign in

error-address-reserved-title = 您的電子郵件地址需要在別處登入
error-address-reserved-text = 使用此類電子郵件地址的使用者透過其他方式登入，而不是透過此頁面。如果您不知道是哪種方式，請洽詢客服。
error-person-denied-title = 您無法在此登入
error-person-denied-text = 此帳戶已被禁止登入。再試也無法解決。如果您認為有誤，請洽詢客服。
error-address-not-allowed-title = 您的電子郵件地址不能在此使用
error-address-not-allowed-text = 只有特定的電子郵件地址可以在此登入，而您的不在其中。請使用其他地址登入，或洽詢客服。
error-email-invalid-title = 您的電子郵件地址無效
error-email-invalid-text = 登入頁面向我們傳送了無效的電子郵件地址。請檢查您帳戶中的電子郵件地址，然後重新開始。
error-email-missing-title = 您的帳戶沒有電子郵件地址
error-email-missing-text = 說明中心透過電子郵件地址辨識使用者，而您的帳戶所在的網站沒有告訴我們您的電子郵件地址。請在那裡為您的帳戶新增一個，然後重新開始。
error-email-proof-missing-title = 我們無法判斷該電子郵件地址是否屬於您
error-email-proof-missing-text = 您的帳戶所在的網站沒有說明您的電子郵件地址是否已驗證。只有客服能解決此問題。請先告知客服，然後重新開始。
error-email-unverified-title = 請先驗證您的電子郵件地址
error-email-unverified-text = 我們自己沒有傳送任何訊息給您。請尋找您的帳戶所在的網站寄來的訊息，點選其中的連結，然後重新開始。
error-external-id-missing-title = 缺少您的帳戶編號
error-external-id-missing-text = 登入頁面沒有告訴我們哪個帳戶是您的。只有客服能解決此問題。請先告知客服，然後重新開始。
error-external-id-not-allowed-title = 無法比對您的帳戶
error-external-id-not-allowed-text = 此品牌的登入頁面提供了一個不得在此使用的客戶編號。請將下面的代碼告知客服，他們可以解決。
error-role-not-allowed-title = 此帳戶不能在此登入
error-role-not-allowed-text = 登入頁面要求了它無權授予的權限，因此我們已中止操作。再試也無法解決，請告知客服。
error-attribute-not-allowed-title = 此登入包含不允許的內容
error-attribute-not-allowed-text = 登入頁面提供了它無權決定的有關您的資訊，因此我們已中止操作。再試也無法解決，請告知客服。
error-confirmation-refused-title = 此回答無效
error-confirmation-refused-text = 它來得太晚、先前已經提交過，或不是來自我們自己的頁面。此次沒有登入任何帳戶。請重新開始。
error-closed-title = 登入已關閉
error-closed-text = 目前沒有人可以在此登入。說明中心管理單位的說明：
error-loop-title = 登入陷入了迴圈
error-loop-text = 您的瀏覽器在一分鐘內多次嘗試登入或登出，因此我們已中止操作。請檢查您的瀏覽器是否允許 Cookie，等待一分鐘後重新開始。如果仍無法解決，請告知客服。
error-origin-refused-title = 未知的登入頁面
error-origin-refused-text = 傳送您的登入資訊的頁面不在我們接受的頁面之列，因此我們已中止操作。請開啟說明中心，並在那裡選擇「登入」。

## The form for an email address and a password

sign-in-title = 登入 { $brand }
# The title of a form that is shown again because something in it was wrong
problem-title = 錯誤：{ $title }
sign-in-email = 電子郵件地址
sign-in-password = 密碼
password-show = 顯示密碼
password-hide = 隱藏密碼
sign-in-button = 登入
sign-in-forgot = 忘記密碼？
sign-in-register = 建立帳戶
action-reset-password = 設定新密碼

## What may be asked for after the password

challenge-button = 繼續
challenge-start-over = 從頭開始
new-password-title = 請設定新密碼
new-password-text = 您登入所用的密碼必須更換。最好使用較長的密碼，包含大小寫字母、數字和符號。
new-password-label = 新密碼
new-password-repeated = 再次輸入新密碼
code-title = 請輸入您的驗證碼
code-by-sms-text = 我們已透過簡訊傳送驗證碼給您。
code-by-email-text = 我們已透過電子郵件傳送驗證碼給您。可能需要一分鐘才會收到。
code-by-authenticator-text = 請開啟您的驗證器應用程式，輸入其中為此帳戶顯示的驗證碼。
code-label = 驗證碼
method-title = 您想如何取得驗證碼？
method-text = 除了密碼，我們還需要一個驗證碼，以確定是您本人。
method-label = 取得驗證碼
method-sms = 透過簡訊
method-email = 透過電子郵件
method-authenticator = 透過我的驗證器應用程式
attribute-name = 姓名
attribute-given-name = 名字
attribute-middle-name = 中間名
attribute-family-name = 姓氏
attribute-nickname = 暱稱
attribute-preferred-username = 使用者名稱
attribute-email = 電子郵件地址
attribute-phone-number = 電話號碼，例如 +886912345678
attribute-address = 地址
attribute-birthdate = 出生日期
attribute-gender = 性別
attribute-locale = 語言，例如 zh-TW
attribute-zoneinfo = 時區，例如 Asia/Taipei
attribute-picture = 圖片網址
attribute-profile = 個人檔案頁面網址
attribute-website = 網站

error-wrong-password-title = 登入未成功
error-wrong-password-text = 電子郵件地址或密碼不正確。請檢查這兩項，然後再試一次。
error-account-unconfirmed-title = 請先驗證您的帳戶
error-account-unconfirmed-text = 您已有帳戶，但尚未驗證。請尋找您註冊時收到的訊息，依照其中的說明操作，然後重新開始。
error-password-reset-required-title = 您的密碼必須更換
error-password-reset-required-text = 您的舊密碼已不能使用。請設定新密碼，然後重新開始。
error-too-many-requests-title = 要求過多
error-too-many-requests-text = 您的網路在短時間內發出了大量要求。沒有任何內容遺失。請稍候片刻，然後重新開始。
error-too-many-attempts-title = 嘗試次數過多
error-too-many-attempts-text = 有人嘗試登入此帳戶的次數過多。沒有任何內容遺失。請等待十五分鐘，然後重新開始。
error-wrong-code-title = 此驗證碼無效
code-sent-wrong = 驗證碼不正確或已被使用。請檢查後再試一次，或選擇「從頭開始」以取得新驗證碼。
error-wrong-code-text = 驗證碼不正確或已被使用。請等待下一個驗證碼，或檢查現有的驗證碼，然後再試一次。
error-code-expired-title = 此驗證碼已過期
error-code-expired-text = 驗證碼只在幾分鐘內有效。請選擇「從頭開始」以取得新驗證碼。
error-second-step-missing-title = 您的帳戶需要兩步驟驗證
error-second-step-missing-text = 在此僅憑密碼不足以登入，而您的帳戶還沒有其他驗證方式。請在您註冊的網站設定兩步驟驗證，例如驗證器應用程式。然後重新開始。
error-new-password-refused-title = 請設定其他密碼
error-new-password-refused-text = 此密碼太短或太簡單，或您以前用過。請設定其他密碼。
error-passwords-differ-title = 兩次輸入的密碼不一致
error-passwords-differ-text = 您輸入了兩個不同的密碼。請將同一個密碼輸入兩次。
error-attribute-refused-title = 請檢查您輸入的內容
error-attribute-refused-text = 有內容遺漏、格式不正確，或屬於另一個帳戶。請檢查您輸入的內容，然後再試一次。
error-challenge-over-title = 耗時過久
error-challenge-over-text = 為了您的安全，此步驟須在短時間內完成，而且只能使用一次。請重新登入。
error-form-refused-title = 此表單不可信任
error-form-refused-text = 它不是來自我們自己的頁面，或不是來自此瀏覽器。沒有登入任何帳戶。請重新開始。
error-ticket-refused-title = 此連結無效
error-ticket-refused-text = 它已損壞，或是為其他人建立的。沒有登入任何帳戶。請返回說明中心，並從那裡登入。
error-ticket-expired-title = 您的登入耗時過久
error-ticket-expired-text = 為了您的安全，此連結只在一分鐘內有效。請返回說明中心，並重新登入。

## What the script of a company’s own sign-in page is told. Whoever wrote it reads this.

post-unreadable = 要求內文必須是一個 JSON 物件或一個表單，且每個名稱只能出現一次。
post-field-missing = 要求內文中沒有「{ $field }」。
post-field-invalid = 要求內文中「{ $field }」的值不正確。

## What is out of order

error-store-unavailable-title = 目前無法登入
error-store-unavailable-text = 我們的服務有一部分無法正常運作。這不是您的問題，也沒有登入任何帳戶。請幾分鐘後再試一次。
error-too-many-from-backend-title = 同時發出的登入要求過多
error-too-many-from-backend-text = 來自此說明中心登入頁面的登入要求遠多於平常，我們目前無法接受您的登入要求。這不是您的問題，也沒有登入任何帳戶。請五分鐘後再試一次；如果再次發生，請告知客服。
error-too-many-from-network-title = 來自您所在網路的登入要求過多
error-too-many-from-network-text = 來自您所在網路的登入要求遠多於平常，我們目前無法接受您的登入要求。沒有登入任何帳戶。請等待五分鐘後重新開始，或使用其他網路。
error-internal-title = 發生了問題
error-internal-text = 這是我們的問題，不是您的問題。請幾分鐘後再試一次；如果再次發生，請告知客服。

## What Zendesk reports at the remote logout address

error-zendesk-invalid-request-title = 說明中心沒有接受登入要求
error-zendesk-invalid-request-text = 登入要求到達了錯誤的位置。沒有登出任何帳戶。請重新開始；如果再次發生，請告知客服。
error-zendesk-signature-title = 說明中心無法驗證登入資訊
error-zendesk-signature-text = 我們與說明中心之間的登入設定不正確。沒有登出任何帳戶。再試也無法解決，請告知客服。
error-zendesk-not-allowed-title = 您的電子郵件地址不能在此使用
error-zendesk-not-allowed-text = 說明中心不允許用您的電子郵件地址註冊。沒有登出任何帳戶。請使用其他地址登入，或洽詢客服。
error-zendesk-token-used-title = 此登入要求已被使用
error-zendesk-token-used-text = 說明中心對每個登入要求只接受一次。沒有登出任何帳戶，您可能已經登入。請繼續前往說明中心，或重新開始。
error-zendesk-clock-title = 您的登入耗時過久
error-zendesk-clock-text = 登入要求到達說明中心時已過期。沒有登出任何帳戶。請重新開始；如果再次發生，請告知客服。
error-zendesk-rate-limit-title = 同時使用的人過多
error-zendesk-rate-limit-text = 說明中心同時只接受一定數量的登入要求。沒有登出任何帳戶。請等待一分鐘後再試一次。
error-zendesk-external-id-title = 您的帳戶重複
error-zendesk-external-id-text = 說明中心已用另一個帳戶編號記錄了您的電子郵件地址，或用另一個電子郵件地址記錄了您的帳戶編號。沒有登出任何帳戶。只有客服能解決此問題，請告知客服。
error-zendesk-unreadable-title = 說明中心無法讀取登入資訊
error-zendesk-unreadable-text = 登入資訊沒有完整送達。沒有登出任何帳戶。請重新開始；如果再次發生，請告知客服。
error-zendesk-unknown-title = 說明中心未能讓您登入
error-zendesk-unknown-text = 它沒有提供我們能辨識的原因。沒有登出任何帳戶。請再試一次；如果再次發生，請告知客服。
error-backend-denied-title = 登入未成功
error-backend-denied-text = 登入頁面拒絕了要求，或您在完成之前離開了該頁面。請再試一次；如果問題持續發生，請將下面的代碼告知客服。
error-backend-unproven-title = 我們無法驗證您的登入資訊
error-backend-unproven-text = 登入頁面傳回的內容不屬於此次登入，或並非真正來自該頁面。沒有登入任何帳戶。請重新開始；如果問題持續發生，請將下面的代碼告知客服。
error-backend-again-title = 請再次登入
error-backend-again-text = 登入頁面未能完成登入：可能是您等待了一段時間，或該頁面正忙碌。請重新開始；如果問題持續發生，請將下面的代碼告知客服。
error-backend-over-title = 此次登入已結束
error-backend-over-text = 登入頁面傳回的內容已被使用，或過了太久才送達。請重新開始。
error-backend-unavailable-title = 目前無法使用登入服務
error-backend-unavailable-text = 管理您帳戶的系統沒有回應。請幾分鐘後再試一次。
