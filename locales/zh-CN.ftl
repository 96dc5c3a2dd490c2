### What end users read; en.ftl says for whom and how.

## Choosing a brand

brands-title = 您要登录哪里？
brands-text = 请选择您要访问的帮助中心。
# Where there are more than one page shows
brands-search = 按名称搜索
brands-search-button = 搜索
brands-before = 上一页
brands-after = 下一页
brands-not-found = 没有名称包含该词的帮助中心。请换一个词，或打开您要访问的帮助中心，并在那里选择“登录”。
brands-none = 这里没有可选的帮助中心。请打开您要访问的帮助中心，并在那里选择“登录”。

## Handing over to Zendesk

hand-off-title = 正在为您登录 { $brand }…
hand-off-text = 只需片刻。
hand-off-by-hand = 如果没有任何反应，请点击按钮。
hand-off-button = 完成登录
hand-off-over-title = 您回到了之前的页面
hand-off-over-text = 您无需在此进行其他操作，可以直接继续。
hand-off-over-link = 前往 { $brand }

# While the sign-in of a company's own page goes on
ticket-title = 正在为您登录…
ticket-scripts-title = 此步骤需要 JavaScript
ticket-scripts = 您的浏览器已关闭 JavaScript。请将其打开，然后从帮助中心重新登录。

## Asking before signing in

confirm-title = 要以 { $email } 的身份继续访问 { $brand } 吗？
confirm-sent-by = 您是从另一个网站来到此页面的，因此需要确认：
confirm-from-unknown = 您的浏览器没有告诉我们您来自哪个网站，因此需要确认。
confirm-from-no-page = 您不是从帮助中心进入的，而是通过书签或消息中的链接等其他网址进入的，因此需要确认。
confirm-again = 几分钟前有人在这里表示，账户所在的网站上登录的不是本人，因此需要确认。
confirm-code-hint = 如果每次都需要确认，请将此代码告知客服。
confirm-advice = 仅当这是您的电子邮件地址且您刚刚亲自登录时，才可继续。否则，您的浏览器中可能会打开其他人的账户。
confirm-button = 继续
confirm-not-me = 这不是我

## Somebody is not who the site says they are

not-me-title = 请先在账户所在的网站退出登录
not-me-text = 账户所在的网站上已有人登录，我们无法替您退出登录。
not-me-site = 打开网站：
not-me-sign-out = 在那里退出登录。
not-me-return = 返回此页面，并用您自己的账户登录。
not-me-again = 用自己的账户登录

# Shown for a moment, and only where a browser runs no scripts
onward-link = 前往登录页面

## Signed out

signed-out-title = 您已退出登录
signed-out-text = 感谢您的访问。如果其他人也使用此设备，请一并关闭浏览器的所有窗口。
signed-out-home-of = 返回 { $brand }

## The front page

home-title = 这是一项登录服务
home-text = 它会将您从帮助中心带到正确的登录页面，然后再带您返回。
home-advice = 您无需在此进行任何操作。要登录，请打开您要访问的帮助中心，并在那里选择“登录”。

## What every error page has

error-code = 代码
error-code-hint = 如需帮助，请提供此代码，以便我们查明发生了什么。
error-parameter = 有问题的是网址中名为“{ $parameter }”的部分。
error-support = 联系 { $brand } 客服
action-start-again = 重新开始
action-continue = 继续前往帮助中心
action-home = 前往帮助中心
action-choose = 选择帮助中心
action-registered = 前往您注册的网站
action-try-again = 重试

## The request itself

error-malformed-request-title = 此链接已损坏
error-malformed-request-text = 将您带到这里的网址不完整、过长，或在传递过程中被更改。请返回帮助中心，并从那里登录。
error-return-to-refused-title = 此链接指向别处
error-return-to-refused-text = 该链接要求我们将您带到不属于此帮助中心的网站，因此我们已中止操作。请自行打开帮助中心，并从那里登录。
error-return-to-miswritten-title = 此链接的写法有误
error-return-to-miswritten-text = 它指向帮助中心的一个页面，但网址有误：可能包含空格，或以“http:”开头。请自行打开帮助中心，并从那里登录。
error-unknown-brand-title = 未知的帮助中心
error-unknown-brand-text = 该链接没有说明您要登录哪个帮助中心，或指向了未在此设置的帮助中心。请返回帮助中心，并从那里登录。
error-no-token-title = 登录信息没有送达
error-no-token-text = 登录页面将您转回时没有告知您的身份。请从帮助中心重新开始。
error-token-too-large-title = 登录信息过大
error-token-too-large-text = 登录页面发送的有关您的信息超出了我们能接收的大小。重试也无法解决，请告知客服。
error-body-too-large-title = 一次发送的内容过多
error-body-too-large-text = 您的浏览器发送的内容超出了此页面能接收的大小。请从帮助中心重新开始；如果再次发生，请告知客服。
error-address-too-long-title = 此链接过长
error-address-too-long-text = 将您带到这里的网址超出了我们能接受的长度。请打开帮助中心的首页，并从那里登录。
error-headers-too-large-title = 您的浏览器发送的内容过多
error-headers-too-large-text = 您的浏览器为此页面保存的 Cookie 过多，超出了此页面能接收的大小。请删除此网站的 Cookie，然后从帮助中心重新登录。
error-request-too-slow-title = 耗时过长
error-request-too-slow-text = 连接太慢，我们无法读取您浏览器的请求。请重试。
error-wrong-content-type-title = 我们无法读取此内容
error-wrong-content-type-text = 登录页面的响应采用了我们无法识别的格式。重试也无法解决，请告知客服。
error-post-invalid-title = 登录页面发送了错误的内容
error-post-invalid-text = 它遗漏了某些内容，或采用了我们无法识别的格式。没有登录任何账户。重试也无法解决，请告知客服。
error-method-not-allowed-title = 此操作在这里不可用
error-method-not-allowed-text = 此网址不能按您浏览器刚才尝试的方式使用。请返回帮助中心，并从那里登录。
error-not-found-title = 这里什么也没有
error-not-found-text = 网址可能有误或已失效。要登录，请打开帮助中心，并在那里选择“登录”。
error-prefetch-title = 尚未开始
error-prefetch-text = 在您打开此页面之前，您的浏览器就尝试预先加载它。什么也没有发生。要现在登录，请从帮助中心重新开始。

## The sign-in that the browser has begun

error-flow-missing-title = 我们找不到您的登录请求
error-flow-missing-text = 它可能是在另一个浏览器中或一天多前开始的，也可能是您的浏览器阻止了 Cookie。请允许此网站的 Cookie，并从帮助中心重新开始。
error-flow-expired-title = 您的登录耗时过长
error-flow-expired-text = 为了您的安全，登录必须在一小时内完成。请重新开始。
error-flow-used-title = 此次登录已经完成
error-flow-used-text = 每个登录请求只能使用一次，而这个已经用过。您可能已经登录。请继续前往帮助中心，或重新开始。
error-flow-altered-title = 我们无法再读取您的登录信息
error-flow-altered-text = 在您登录期间，此服务重新启动过，或您浏览器保存的内容被更改。请从帮助中心重新登录。
error-flow-foreign-title = 此登录请求属于另一个网站
error-flow-foreign-text = 您在一个网站开始登录，而响应来自另一个网站。打开多个窗口时会发生这种情况。请从帮助中心重新开始，并在同一窗口中完成。
error-flow-outdated-title = 您的登录方式已更改
error-flow-outdated-text = 在您登录期间，此处的设置或您所在的网络发生了变化。请从帮助中心重新开始。

## What the sign-in page says about the person

error-assertion-unreadable-title = 我们无法读取您的登录信息
error-assertion-unreadable-text = 登录页面发送的响应已损坏或不完整。请重新开始；如果再次发生，请告知客服。
error-assertion-algorithm-title = 登录页面设置不正确
error-assertion-algorithm-text = 它用未经约定的方式对响应签名，因此我们已中止操作。重试也无法解决，请告知客服。
error-assertion-signature-title = 我们无法验证您的登录信息
error-assertion-signature-text = 登录页面的响应没有正确签名，因此没有登录任何账户。请重新开始；如果再次发生，请告知客服。
error-assertion-too-old-title = 您的登录信息已过期
error-assertion-too-old-text = 登录页面的响应过了三分多钟才送达。请重新开始。
error-assertion-from-the-future-title = 时钟有误
error-assertion-from-the-future-text = 按照登录页面自己的时钟，它的响应时间是在未来。请几分钟后重试；如果仍无法解决，请告知客服。
error-assertion-invalid-title = 您的登录信息缺少某些内容
error-assertion-invalid-text = 登录页面遗漏了必要的内容，或发送的格式有误。重试也无法解决，请告知客服。
error-assertion-audience-title = 此登录信息是发给另一项服务的
error-assertion-audience-text = 登录页面的响应不是发给我们的，因此我们已中止操作。请重新开始；如果再次发生，请告知客服。
error-session-expired-title = 您的登录状态已失效
error-session-expired-text = 您在账户所在网站的登录已过期。请重新开始，并在那里再次登录。
error-session-key-unknown-title = 我们暂时无法验证您的登录信息
error-session-key-unknown-text = 您的账户所在的网站用我们不知道的方式签名。签名方式可能刚刚更改。请一分钟后重新开始；如果再次发生，请告知客服。
error-session-issuer-title = 此登录信息来自另一项服务
error-session-issuer-text = 它不是由此处用于登录的网站签发的，因此我们已中止操作。请重新开始；如果再次发生，请告知客服。
error-session-other-project-title = 此登录信息属于其他用途
error-session-other-project-text = 您登录的是同一公司的另一款游戏或另一个网站，在此处无效。请重新开始；如果再次发生，请告知客服。
error-session-ambiguous-title = 您的浏览器发送了两份登录信息
error-session-ambiguous-text = 两份内容不同，我们无法判断哪一份是您的。请在您的账户所在的网站退出登录，删除该网站的 Cookie，然后重新开始。
error-other-address-title = 这不是正确的网址
error-other-address-text = 您要找的内容位于我们的另一个网址。请在那里重试，或打开帮助中心，并在那里选择“登录”。
error-other-backend-title = 此链接属于另一种登录方式
error-other-backend-text = 将您带到这里的网址与您要访问的帮助中心不符。请重新开始。
error-assertion-used-title = 此登录请求已被使用
error-assertion-used-text = 每个登录请求只能使用一次。您可能重新加载了此页面，或返回到了此页面。如果您尚未登录，请重新开始。

## Who may sign in

error-address-reserved-title = 您的电子邮件地址需要在别处登录
error-address-reserved-text = 使用此类电子邮件地址的用户通过其他方式登录，而不是通过此页面。如果您不知道是哪种方式，请咨询客服。
error-person-denied-title = 您无法在此登录
error-person-denied-text = 此账户已被禁止登录。重试也无法解决。如果您认为有误，请咨询客服。
error-address-not-allowed-title = 您的电子邮件地址不能在此使用
error-address-not-allowed-text = 只有特定的电子邮件地址可以在此登录，而您的不在其中。请使用其他地址登录，或咨询客服。
error-email-invalid-title = 您的电子邮件地址无效
error-email-invalid-text = 登录页面向我们发送了无效的电子邮件地址。请检查您账户中的电子邮件地址，然后重新开始。
error-email-missing-title = 您的账户没有电子邮件地址
error-email-missing-text = 帮助中心通过电子邮件地址识别用户，而您的账户所在的网站没有告诉我们您的电子邮件地址。请在那里为您的账户添加一个，然后重新开始。
error-email-proof-missing-title = 我们无法判断该电子邮件地址是否属于您
error-email-proof-missing-text = 您的账户所在的网站没有说明您的电子邮件地址是否已验证。只有客服能解决此问题。请先告知客服，然后重新开始。
error-email-unverified-title = 请先验证您的电子邮件地址
error-email-unverified-text = 我们自己没有向您发送任何消息。请查找您的账户所在的网站发来的消息，点击其中的链接，然后重新开始。
error-external-id-missing-title = 缺少您的账户编号
error-external-id-missing-text = 登录页面没有告诉我们哪个账户是您的。只有客服能解决此问题。请先告知客服，然后重新开始。
error-external-id-not-allowed-title = 无法匹配您的账户
error-external-id-not-allowed-text = 此品牌的登录页面提供了一个不得在此使用的客户编号。请将下面的代码告知客服，他们可以解决。
error-role-not-allowed-title = 此账户不能在此登录
error-role-not-allowed-text = 登录页面请求了它无权授予的权限，因此我们已中止操作。重试也无法解决，请告知客服。
error-attribute-not-allowed-title = 此登录包含不允许的内容
error-attribute-not-allowed-text = 登录页面提供了它无权决定的有关您的信息，因此我们已中止操作。重试也无法解决，请告知客服。
error-confirmation-refused-title = 此回答无效
error-confirmation-refused-text = 它来得太晚、之前已经提交过，或不是来自我们自己的页面。此次没有登录任何账户。请重新开始。
error-closed-title = 登录已关闭
error-closed-text = 目前没有人可以在此登录。帮助中心管理方的说明：
error-loop-title = 登录陷入了循环
error-loop-text = 您的浏览器在一分钟内多次尝试登录或退出登录，因此我们已中止操作。请检查您的浏览器是否允许 Cookie，等待一分钟后重新开始。如果仍无法解决，请告知客服。
error-origin-refused-title = 未知的登录页面
error-origin-refused-text = 发送您的登录信息的页面不在我们接受的页面之列，因此我们已中止操作。请打开帮助中心，并在那里选择“登录”。

## The form for an email address and a password

sign-in-title = 登录 { $brand }
# The title of a form that is shown again because something in it was wrong
problem-title = 错误：{ $title }
sign-in-email = 电子邮件地址
sign-in-password = 密码
password-show = 显示密码
password-hide = 隐藏密码
sign-in-button = 登录
sign-in-forgot = 忘记密码？
sign-in-register = 创建账户
action-reset-password = 设置新密码

## What may be asked for after the password

challenge-button = 继续
challenge-start-over = 从头开始
new-password-title = 请设置新密码
new-password-text = 您登录所用的密码必须更换。最好使用较长的密码，包含大小写字母、数字和符号。
new-password-label = 新密码
new-password-repeated = 再次输入新密码
code-title = 请输入您的验证码
code-by-sms-text = 我们已通过短信向您发送验证码。
code-by-email-text = 我们已通过电子邮件向您发送验证码。可能需要一分钟才能收到。
code-by-authenticator-text = 请打开您的身份验证器应用，输入其中为此账户显示的验证码。
code-label = 验证码
method-title = 您想如何获取验证码？
method-text = 除密码外，我们还需要一个验证码，以确定是您本人。
method-label = 获取验证码
method-sms = 通过短信
method-email = 通过电子邮件
method-authenticator = 通过我的身份验证器应用
attribute-name = 姓名
attribute-given-name = 名
attribute-middle-name = 中间名
attribute-family-name = 姓
attribute-nickname = 昵称
attribute-preferred-username = 用户名
attribute-email = 电子邮件地址
attribute-phone-number = 电话号码，例如 +8613812345678
attribute-address = 地址
attribute-birthdate = 出生日期
attribute-gender = 性别
attribute-locale = 语言，例如 zh-CN
attribute-zoneinfo = 时区，例如 Asia/Shanghai
attribute-picture = 图片网址
attribute-profile = 个人资料页面网址
attribute-website = 网站

error-wrong-password-title = 登录未成功
error-wrong-password-text = 电子邮件地址或密码不正确。请检查这两项，然后重试。
error-account-unconfirmed-title = 请先验证您的账户
error-account-unconfirmed-text = 您已有账户，但尚未验证。请查找您注册时收到的消息，按其中的说明操作，然后重新开始。
error-password-reset-required-title = 您的密码必须更换
error-password-reset-required-text = 您的旧密码已不能使用。请设置新密码，然后重新开始。
error-too-many-requests-title = 请求过多
error-too-many-requests-text = 您的网络在短时间内发出了大量请求。没有任何内容丢失。请稍等片刻，然后重新开始。
error-too-many-attempts-title = 尝试次数过多
error-too-many-attempts-text = 有人尝试登录此账户的次数过多。没有任何内容丢失。请等待十五分钟，然后重新开始。
error-wrong-code-title = 此验证码无效
code-sent-wrong = 验证码不正确或已被使用。请检查后重试，或选择“从头开始”以获取新验证码。
error-wrong-code-text = 验证码不正确或已被使用。请等待下一个验证码，或检查现有的验证码，然后重试。
error-code-expired-title = 此验证码已过期
error-code-expired-text = 验证码只在几分钟内有效。请选择“从头开始”以获取新验证码。
error-second-step-missing-title = 您的账户需要两步验证
error-second-step-missing-text = 在此仅凭密码不足以登录，而您的账户还没有其他验证方式。请在您注册的网站设置两步验证，例如身份验证器应用。然后重新开始。
error-new-password-refused-title = 请设置其他密码
error-new-password-refused-text = 此密码太短或太简单，或您以前用过。请设置其他密码。
error-passwords-differ-title = 两次输入的密码不一致
error-passwords-differ-text = 您输入了两个不同的密码。请将同一密码输入两次。
error-attribute-refused-title = 请检查您输入的内容
error-attribute-refused-text = 有内容缺失、格式不正确，或属于另一个账户。请检查您输入的内容，然后重试。
error-challenge-over-title = 耗时过长
error-challenge-over-text = 为了您的安全，此步骤须在短时间内完成，而且只能使用一次。请重新登录。
error-form-refused-title = 此表单不可信
error-form-refused-text = 它不是来自我们自己的页面，或不是来自此浏览器。没有登录任何账户。请重新开始。
error-ticket-refused-title = 此链接无效
error-ticket-refused-text = 它已损坏，或是为其他人创建的。没有登录任何账户。请返回帮助中心，并从那里登录。
error-ticket-expired-title = 您的登录耗时过长
error-ticket-expired-text = 为了您的安全，此链接只在一分钟内有效。请返回帮助中心，并重新登录。

## What the script of a company’s own sign-in page is told. Whoever wrote it reads this.

post-unreadable = 请求正文必须是一个 JSON 对象或一个表单，且每个名称只能出现一次。
post-field-missing = 请求正文中没有“{ $field }”。
post-field-invalid = 请求正文中“{ $field }”的值不正确。

## What is out of order

error-store-unavailable-title = 目前无法登录
error-store-unavailable-text = 我们的服务有一部分无法正常工作。这不是您的问题，也没有登录任何账户。请几分钟后重试。
error-too-many-from-backend-title = 同时发出的登录请求过多
error-too-many-from-backend-text = 来自此帮助中心登录页面的登录请求远多于平常，我们目前无法接受您的登录请求。这不是您的问题，也没有登录任何账户。请五分钟后重试；如果再次发生，请告知客服。
error-too-many-from-network-title = 来自您所在网络的登录请求过多
error-too-many-from-network-text = 来自您所在网络的登录请求远多于平常，我们目前无法接受您的登录请求。没有登录任何账户。请等待五分钟后重新开始，或使用其他网络。
error-internal-title = 出了点问题
error-internal-text = 这是我们的问题，不是您的问题。请几分钟后重试；如果再次发生，请告知客服。

## What Zendesk reports at the remote logout address

error-zendesk-invalid-request-title = 帮助中心没有接受登录请求
error-zendesk-invalid-request-text = 登录请求到达了错误的位置。没有退出任何账户。请重新开始；如果再次发生，请告知客服。
error-zendesk-signature-title = 帮助中心无法验证登录信息
error-zendesk-signature-text = 我们与帮助中心之间的登录设置不正确。没有退出任何账户。重试也无法解决，请告知客服。
error-zendesk-not-allowed-title = 您的电子邮件地址不能在此使用
error-zendesk-not-allowed-text = 帮助中心不允许用您的电子邮件地址注册。没有退出任何账户。请使用其他地址登录，或咨询客服。
error-zendesk-token-used-title = 此登录请求已被使用
error-zendesk-token-used-text = 帮助中心对每个登录请求只接受一次。没有退出任何账户，您可能已经登录。请继续前往帮助中心，或重新开始。
error-zendesk-clock-title = 您的登录耗时过长
error-zendesk-clock-text = 登录请求到达帮助中心时已过期。没有退出任何账户。请重新开始；如果再次发生，请告知客服。
error-zendesk-rate-limit-title = 同时使用的人过多
error-zendesk-rate-limit-text = 帮助中心同时只接受一定数量的登录请求。没有退出任何账户。请等待一分钟后重试。
error-zendesk-external-id-title = 您的账户存在重复
error-zendesk-external-id-text = 帮助中心已用另一个账户编号记录了您的电子邮件地址，或用另一个电子邮件地址记录了您的账户编号。没有退出任何账户。只有客服能解决此问题，请告知客服。
error-zendesk-unreadable-title = 帮助中心无法读取登录信息
error-zendesk-unreadable-text = 登录信息没有完整送达。没有退出任何账户。请重新开始；如果再次发生，请告知客服。
error-zendesk-unknown-title = 帮助中心未能让您登录
error-zendesk-unknown-text = 它没有给出我们能识别的原因。没有退出任何账户。请重试；如果再次发生，请告知客服。
error-backend-denied-title = 登录未成功
error-backend-denied-text = 登录页面拒绝了请求，或您在完成之前离开了该页面。请重试；如果问题持续发生，请将下面的代码告知客服。
error-backend-unproven-title = 我们无法验证您的登录信息
error-backend-unproven-text = 登录页面返回的内容不属于此次登录，或并非真正来自该页面。没有登录任何账户。请重新开始；如果问题持续发生，请将下面的代码告知客服。
error-backend-again-title = 请再次登录
error-backend-again-text = 登录页面未能完成登录：可能是您等待了一段时间，或该页面正忙。请重新开始；如果问题持续发生，请将下面的代码告知客服。
error-backend-over-title = 此次登录已结束
error-backend-over-text = 登录页面返回的内容已被使用，或过了太久才送达。请重新开始。
error-backend-unavailable-title = 目前无法使用登录服务
error-backend-unavailable-text = 管理您账户的系统没有响应。请几分钟后重试。
