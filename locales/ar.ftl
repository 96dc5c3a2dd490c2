### What end users read; en.ftl says for whom and how.

## Choosing a brand

brands-title = أين تريد تسجيل الدخول؟
brands-text = اختر مركز المساعدة الذي تريد زيارته.
# Where there are more than one page shows
brands-search = البحث بالاسم
brands-search-button = بحث
brands-before = الصفحة السابقة
brands-after = الصفحة التالية
brands-not-found = لا يوجد مركز مساعدة يحتوي اسمه على هذا. جرّب كلمة أخرى، أو افتح مركز المساعدة الذي تريد زيارته واختر هناك «تسجيل الدخول».
brands-none = لا يوجد هنا ما يمكن اختياره. افتح مركز المساعدة الذي تريد زيارته واختر هناك «تسجيل الدخول».

## Handing over to Zendesk

hand-off-title = جارٍ تسجيل دخولك إلى { $brand }…
hand-off-text = لن يستغرق هذا سوى لحظة.
hand-off-by-hand = إذا لم يحدث شيء، فاضغط على الزر.
hand-off-button = إكمال تسجيل الدخول
hand-off-over-title = لقد عدت إلى صفحة سابقة
hand-off-over-text = لم يعد هناك ما عليك فعله هنا. يمكنك المتابعة مباشرة.
hand-off-over-link = الانتقال إلى { $brand }

# While the sign-in of a company's own page goes on
ticket-title = جارٍ تسجيل دخولك…
ticket-scripts-title = تتطلب هذه الخطوة JavaScript
ticket-scripts = إنه معطّل في متصفحك. فعّله، ثم سجّل الدخول مرة أخرى من مركز المساعدة.

## Asking before signing in

confirm-title = هل تريد المتابعة إلى { $brand } باسم { $email }؟
confirm-sent-by = نسألك لأنك وصلت إلى هذه الصفحة من موقع ويب آخر:
confirm-from-unknown = نسألك لأن متصفحك لا يخبرنا من أي موقع ويب أتيت.
confirm-from-no-page = نسألك لأنك لم تأتِ من مركز المساعدة، بل مباشرةً عبر عنوان لديك، مثل إشارة مرجعية أو رابط في رسالة.
confirm-again = نسألك لأن شخصًا قال هنا قبل بضع دقائق إنه ليس الشخص الذي سجّل الدخول هناك.
confirm-code-hint = إذا ظهر هذا السؤال في كل مرة، فأخبر فريق الدعم بهذا الرمز.
confirm-advice = لا تتابع إلا إذا كان هذا عنوانك وكنت قد سجّلت الدخول بنفسك للتو. وإلا فقد يُفتح حساب شخص آخر في متصفحك.
confirm-button = متابعة
confirm-not-me = هذا ليس أنا

## Somebody is not who the site says they are

not-me-title = سجّل الخروج من ذلك الموقع أولًا
not-me-text = هناك شخص مسجّل الدخول إلى الموقع الذي توجد فيه الحسابات، ولا يمكننا تسجيل خروجه نيابة عنك.
not-me-site = افتح الموقع:
not-me-sign-out = سجّل الخروج هناك.
not-me-return = عُد إلى هذه الصفحة وسجّل الدخول بحسابك أنت.
not-me-again = تسجيل الدخول بحسابي

# Shown for a moment, and only where a browser runs no scripts
onward-link = الانتقال إلى صفحة تسجيل الدخول

## Signed out

signed-out-title = تم تسجيل خروجك
signed-out-text = شكرًا لزيارتك. إذا كان أشخاص آخرون يستخدمون هذا الجهاز، فأغلق أيضًا كل نوافذ متصفحك.
signed-out-home-of = العودة إلى { $brand }

## The front page

home-title = هذه خدمة لتسجيل الدخول
home-text = تأخذ الزوار من مركز المساعدة إلى صفحة تسجيل الدخول الصحيحة، ثم تعيدهم إليه.
home-advice = لا يوجد ما عليك فعله هنا. لتسجيل الدخول، افتح مركز المساعدة الذي تريد زيارته واختر هناك «تسجيل الدخول».

## What every error page has

error-code = الرمز
error-code-hint = إذا طلبت المساعدة، فاذكر هذا الرمز. فهو يتيح لنا معرفة ما حدث.
error-parameter = الجزء الذي نعنيه من العنوان اسمه «{ $parameter }».
error-support = التواصل مع فريق الدعم لدى { $brand }
action-start-again = البدء من جديد
action-continue = المتابعة إلى مركز المساعدة
action-home = الانتقال إلى مركز المساعدة
action-choose = اختيار مركز مساعدة
action-registered = الانتقال إلى الموقع الذي سجّلت فيه حسابك
action-try-again = المحاولة مرة أخرى

## The request itself

error-malformed-request-title = هذا الرابط تالف
error-malformed-request-text = العنوان الذي أتى بك إلى هنا غير كامل، أو طويل جدًا، أو تغيّر في الطريق. عُد إلى مركز المساعدة وسجّل الدخول من هناك.
error-return-to-refused-title = هذا الرابط يؤدي إلى مكان آخر
error-return-to-refused-text = يطلب الرابط أن نرسلك إلى موقع ويب لا ينتمي إلى مركز المساعدة هذا، لذلك توقفنا. افتح مركز المساعدة بنفسك وسجّل الدخول من هناك.
error-return-to-miswritten-title = هذا الرابط غير مكتوب بشكل صحيح
error-return-to-miswritten-text = يؤدي إلى صفحة في مركز المساعدة، لكن في عنوانه خطأ: ربما يحتوي على مسافة، أو يبدأ بـ «http:‎». افتح مركز المساعدة بنفسك وسجّل الدخول من هناك.
error-unknown-brand-title = لا نعرف مركز المساعدة هذا
error-unknown-brand-text = لا يذكر الرابط أي مركز مساعدة تريد تسجيل الدخول إليه، أو يذكر مركزًا لم يُعدّ هنا. عُد إلى مركز المساعدة وسجّل الدخول من هناك.
error-no-token-title = لم يصل تسجيل الدخول
error-no-token-text = أعادتك صفحة تسجيل الدخول دون أن تخبرنا من أنت. ابدأ من جديد من مركز المساعدة.
error-token-too-large-title = بيانات تسجيل الدخول كبيرة جدًا
error-token-too-large-text = أرسلت صفحة تسجيل الدخول عنك بيانات أكثر مما يمكننا قبوله. لن تفيد المحاولة مرة أخرى: أخبر فريق الدعم.
error-body-too-large-title = كان ذلك أكثر من اللازم دفعة واحدة
error-body-too-large-text = أرسل متصفحك بيانات أكثر مما يمكن لهذه الصفحة قبوله. ابدأ من جديد من مركز المساعدة، وأخبر فريق الدعم إذا تكرر ذلك.
error-address-too-long-title = هذا الرابط طويل جدًا
error-address-too-long-text = العنوان الذي أتى بك إلى هنا أطول مما يمكننا قبوله. افتح الصفحة الرئيسية لمركز المساعدة وسجّل الدخول من هناك.
error-headers-too-large-title = أرسل متصفحك أكثر من اللازم
error-headers-too-large-text = يحتفظ متصفحك لهذه الصفحة بملفات تعريف ارتباط أكثر مما يمكنها قبوله. احذف ملفات تعريف الارتباط لهذا الموقع، ثم سجّل الدخول مرة أخرى من مركز المساعدة.
error-request-too-slow-title = استغرق ذلك وقتًا طويلًا
error-request-too-slow-text = كان الاتصال بطيئًا جدًا، فلم نتمكن من قراءة ما طلبه متصفحك. حاول مرة أخرى.
error-wrong-content-type-title = لا يمكننا قراءة هذا
error-wrong-content-type-text = أرسلت صفحة تسجيل الدخول ردها بصيغة لا نفهمها. لن تفيد المحاولة مرة أخرى: أخبر فريق الدعم.
error-post-invalid-title = أرسلت صفحة تسجيل الدخول شيئًا خاطئًا
error-post-invalid-text = أغفلت شيئًا، أو أرسلته بصيغة لا نفهمها. لم يُسجَّل دخول أحد. لن تفيد المحاولة مرة أخرى: أخبر فريق الدعم.
error-method-not-allowed-title = هذا لا يعمل هنا
error-method-not-allowed-text = لا يمكن استخدام هذا العنوان بالطريقة التي حاولها متصفحك للتو. عُد إلى مركز المساعدة وسجّل الدخول من هناك.
error-not-found-title = لا يوجد شيء هنا
error-not-found-text = ربما كُتب العنوان بشكل خاطئ أو أصبح قديمًا. لتسجيل الدخول، افتح مركز المساعدة واختر هناك «تسجيل الدخول».
error-prefetch-title = ليس بعد
error-prefetch-text = حاول متصفحك تحميل هذه الصفحة قبل أن تطلبها. لم يحدث شيء. لتسجيل الدخول الآن، ابدأ من جديد من مركز المساعدة.

## The sign-in that the browser has begun

error-flow-missing-title = لا يمكننا العثور على تسجيل دخولك
error-flow-missing-text = ربما بدأ في متصفح آخر أو قبل أكثر من يوم، أو أن متصفحك يحظر ملفات تعريف الارتباط. اسمح بملفات تعريف الارتباط لهذا الموقع وابدأ من جديد من مركز المساعدة.
error-flow-expired-title = استغرق تسجيل دخولك وقتًا طويلًا
error-flow-expired-text = حفاظًا على أمانك، يجب أن يكتمل تسجيل الدخول خلال ساعة. ابدأ من جديد.
error-flow-used-title = اكتمل تسجيل الدخول هذا بالفعل
error-flow-used-text = يصلح كل تسجيل دخول مرة واحدة فقط، وقد استُخدم هذا من قبل. من المرجح أنك مسجّل الدخول: تابع إلى مركز المساعدة، أو ابدأ من جديد.
error-flow-altered-title = لم يعد بإمكاننا قراءة تسجيل دخولك
error-flow-altered-text = أُعيد تشغيل هذه الخدمة أثناء تسجيل دخولك، أو تغيّرت البيانات التي احتفظ بها متصفحك. سجّل الدخول مرة أخرى من مركز المساعدة.
error-flow-foreign-title = تسجيل الدخول هذا يخص موقعًا آخر
error-flow-foreign-text = بدأت تسجيل الدخول إلى موقع، وجاء الرد من موقع آخر. يحدث هذا عند فتح عدة نوافذ. ابدأ من جديد من مركز المساعدة وأكمل في النافذة نفسها.
error-flow-outdated-title = تغيّرت طريقة تسجيل دخولك
error-flow-outdated-text = أثناء تسجيل دخولك، تغيّرت الإعدادات هنا أو الشبكة التي أنت فيها. ابدأ من جديد من مركز المساعدة.

## What the sign-in page says about the person

error-assertion-unreadable-title = لا يمكننا قراءة تسجيل دخولك
error-assertion-unreadable-text = أرسلت صفحة تسجيل الدخول ردًا تالفًا أو غير كامل. ابدأ من جديد، وأخبر فريق الدعم إذا تكرر ذلك.
error-assertion-algorithm-title = صفحة تسجيل الدخول غير معدّة بشكل صحيح
error-assertion-algorithm-text = إنها توقّع ردودها بطريقة لم يُتفق عليها، لذلك توقفنا. لن تفيد المحاولة مرة أخرى: أخبر فريق الدعم.
error-assertion-signature-title = لا يمكننا تأكيد تسجيل دخولك
error-assertion-signature-text = رد صفحة تسجيل الدخول غير موقّع كما ينبغي، لذلك لم يُسجَّل دخول أحد. ابدأ من جديد، وأخبر فريق الدعم إذا تكرر ذلك.
error-assertion-too-old-title = انتهت صلاحية تسجيل دخولك
error-assertion-too-old-text = مرّت أكثر من ثلاث دقائق قبل أن يصلنا رد صفحة تسجيل الدخول. ابدأ من جديد.
error-assertion-from-the-future-title = إحدى الساعات غير مضبوطة
error-assertion-from-the-future-text = بحسب ساعتها، أجابت صفحة تسجيل الدخول في المستقبل. حاول مرة أخرى بعد بضع دقائق، وأخبر فريق الدعم إذا لم يُجدِ ذلك.
error-assertion-invalid-title = ينقص تسجيل دخولك شيء
error-assertion-invalid-text = أغفلت صفحة تسجيل الدخول شيئًا ضروريًا، أو أرسلته بصيغة خاطئة. لن تفيد المحاولة مرة أخرى: أخبر فريق الدعم.
error-assertion-audience-title = تسجيل الدخول هذا مخصص لخدمة أخرى
error-assertion-audience-text = رد صفحة تسجيل الدخول غير موجّه إلينا، لذلك توقفنا. ابدأ من جديد، وأخبر فريق الدعم إذا تكرر ذلك.
error-session-expired-title = لم تعد مسجّل الدخول هناك
error-session-expired-text = انتهت صلاحية تسجيل دخولك إلى الموقع الذي يوجد فيه حسابك. ابدأ من جديد وسجّل الدخول هناك مرة أخرى.
error-session-key-unknown-title = لا يمكننا تأكيد تسجيل دخولك بعد
error-session-key-unknown-text = وقّعه الموقع الذي يوجد فيه حسابك بطريقة لا نعرفها. ربما غيّرها للتو: ابدأ من جديد بعد دقيقة، وأخبر فريق الدعم إذا تكرر ذلك.
error-session-issuer-title = تسجيل الدخول هذا من خدمة أخرى
error-session-issuer-text = لم يصدر عن الموقع الذي يُسجَّل الدخول من خلاله هنا، لذلك توقفنا. ابدأ من جديد، وأخبر فريق الدعم إذا تكرر ذلك.
error-session-other-project-title = تسجيل الدخول هذا لغرض آخر
error-session-other-project-text = سجّلت الدخول إلى لعبة أخرى أو موقع آخر للشركة نفسها، وهذا لا يُحتسب هنا. ابدأ من جديد، وأخبر فريق الدعم إذا تكرر ذلك.
error-session-ambiguous-title = أرسل متصفحك تسجيلَي دخول
error-session-ambiguous-text = إنهما مختلفان، ولا يمكننا معرفة أيهما لك. سجّل الخروج من الموقع الذي يوجد فيه حسابك، واحذف ملفات تعريف الارتباط لذلك الموقع، ثم ابدأ من جديد.
error-other-address-title = هذا ليس العنوان الصحيح لذلك
error-other-address-text = ما تبحث عنه موجود على عنوان آخر من عناويننا. حاول مرة أخرى هناك، أو افتح مركز المساعدة واختر هناك «تسجيل الدخول».
error-other-backend-title = هذا الرابط يخص طريقة أخرى لتسجيل الدخول
error-other-backend-text = العنوان الذي أتى بك إلى هنا لا يناسب مركز المساعدة الذي تريد زيارته. ابدأ من جديد.
error-assertion-used-title = استُخدم تسجيل الدخول هذا من قبل
error-assertion-used-text = يصلح كل تسجيل دخول مرة واحدة فقط. ربما أعدت تحميل الصفحة أو رجعت إليها. إذا لم تكن قد سجّلت الدخول بعد، فابدأ من جديد.

## Who may sign in

error-address-reserved-title = يُسجَّل الدخول بعنوانك في مكان آخر
error-address-reserved-text = أصحاب عناوين البريد الإلكتروني المشابهة لعنوانك يسجّلون الدخول بطريقة أخرى وليس عبر هذه الصفحة. إذا لم تكن تعرفها، فاسأل فريق الدعم.
error-person-denied-title = لا يمكنك تسجيل الدخول هنا
error-person-denied-text = هذا الحساب محظور. لن تفيد المحاولة مرة أخرى: إذا كنت تعتقد أن ذلك خطأ، فاسأل فريق الدعم.
error-address-not-allowed-title = لا يمكن استخدام عنوانك هنا
error-address-not-allowed-text = لا يمكن تسجيل الدخول هنا إلا بعناوين بريد إلكتروني معيّنة، وعنوانك ليس منها. سجّل الدخول بعنوان آخر، أو اسأل فريق الدعم.
error-email-invalid-title = عنوان بريدك الإلكتروني غير صالح
error-email-invalid-text = أرسلت إلينا صفحة تسجيل الدخول عنوان بريد إلكتروني لا يمكن أن يكون صحيحًا. تحقق من العنوان في حسابك، ثم ابدأ من جديد.
error-email-missing-title = ليس لحسابك عنوان بريد إلكتروني
error-email-missing-text = يتعرّف مركز المساعدة على الأشخاص من عناوين بريدهم الإلكتروني، ولم يخبرنا الموقع الذي يوجد فيه حسابك بعنوانك. أضف عنوانًا إلى حسابك هناك، ثم ابدأ من جديد.
error-email-proof-missing-title = لا يمكننا معرفة ما إذا كان عنوان البريد الإلكتروني لك
error-email-proof-missing-text = لا يذكر الموقع الذي يوجد فيه حسابك ما إذا كان عنوان بريدك الإلكتروني مؤكدًا. فريق الدعم وحده يستطيع إصلاح ذلك: أخبره، ثم ابدأ من جديد.
error-email-unverified-title = أكّد عنوان بريدك الإلكتروني أولًا
error-email-unverified-text = لم نرسل إليك شيئًا بأنفسنا: ابحث عن رسالة من الموقع الذي يوجد فيه حسابك، واتبع الرابط الذي فيها، ثم ابدأ من جديد.
error-external-id-missing-title = رقم حسابك مفقود
error-external-id-missing-text = لم تخبرنا صفحة تسجيل الدخول أي حساب هو حسابك. فريق الدعم وحده يستطيع إصلاح ذلك: أخبره، ثم ابدأ من جديد.
error-external-id-not-allowed-title = تعذّرت مطابقة حسابك
error-external-id-not-allowed-text = ذكرت صفحة تسجيل الدخول لهذه العلامة التجارية رقم عميل لا يجوز لها استخدامه هنا. أخبر فريق الدعم بالرمز أدناه: يمكنه إصلاح ذلك.
error-role-not-allowed-title = لا يمكن تسجيل الدخول هنا بهذا الحساب
error-role-not-allowed-text = طلبت صفحة تسجيل الدخول صلاحيات لا يجوز لها منحها، لذلك توقفنا. لن تفيد المحاولة مرة أخرى: أخبر فريق الدعم.
error-attribute-not-allowed-title = يذكر تسجيل الدخول هذا أكثر مما يجوز له
error-attribute-not-allowed-text = أخبرتنا صفحة تسجيل الدخول عنك بشيء لا يجوز لها أن تقرره، لذلك توقفنا. لن تفيد المحاولة مرة أخرى: أخبر فريق الدعم.
error-confirmation-refused-title = هذه الإجابة لا تُحتسب
error-confirmation-refused-text = وصلت متأخرة، أو سبق تقديمها، أو لم تأتِ من صفحتنا. لم يُسجَّل بها دخول أحد هذه المرة. ابدأ من جديد.
error-closed-title = تسجيل الدخول مغلق
error-closed-text = لا يمكن لأحد تسجيل الدخول هنا في الوقت الحالي. يقول القائمون على مركز المساعدة:
error-loop-title = أنت تدور في حلقة مفرغة
error-loop-text = حاول متصفحك تسجيل دخولك أو خروجك مرات كثيرة خلال دقيقة، لذلك أوقفناه. تحقق من أن متصفحك يسمح بملفات تعريف الارتباط، وانتظر دقيقة، ثم ابدأ من جديد. إذا لم يُجدِ ذلك، فأخبر فريق الدعم.
error-origin-refused-title = صفحة تسجيل الدخول هذه غير معروفة هنا
error-origin-refused-text = الصفحة التي أرسلت تسجيل دخولك ليست من الصفحات التي نقبل تسجيل الدخول منها، لذلك توقفنا. افتح مركز المساعدة واختر هناك «تسجيل الدخول».

## The form for an email address and a password

sign-in-title = تسجيل الدخول إلى { $brand }
# The title of a form that is shown again because something in it was wrong
problem-title = خطأ: { $title }
sign-in-email = عنوان البريد الإلكتروني
sign-in-password = كلمة المرور
password-show = إظهار كلمة المرور
password-hide = إخفاء كلمة المرور
sign-in-button = تسجيل الدخول
sign-in-forgot = هل نسيت كلمة المرور؟
sign-in-register = إنشاء حساب
action-reset-password = اختيار كلمة مرور جديدة

## What may be asked for after the password

challenge-button = متابعة
challenge-start-over = العودة إلى البداية
new-password-title = اختر كلمة مرور جديدة
new-password-text = سجّلت الدخول بكلمة مرور يجب استبدالها. الأفضل كلمة مرور طويلة تضم أحرفًا كبيرة وصغيرة وأرقامًا ورموزًا.
new-password-label = كلمة المرور الجديدة
new-password-repeated = كلمة المرور الجديدة مرة أخرى
code-title = أدخل الرمز
code-by-sms-text = أرسلنا إليك رسالة نصية تحتوي على رمز.
code-by-email-text = أرسلنا إليك رسالة بريد إلكتروني تحتوي على رمز. قد يستغرق وصولها دقيقة.
code-by-authenticator-text = افتح تطبيق المصادقة واكتب الرمز الذي يعرضه لهذا الحساب.
code-label = الرمز
method-title = كيف تريد الحصول على الرمز؟
method-text = نحتاج إلى رمز إضافة إلى كلمة المرور، لنتأكد من أنه أنت.
method-label = الحصول على رمز
method-sms = برسالة نصية
method-email = بالبريد الإلكتروني
method-authenticator = من تطبيق المصادقة لديّ
attribute-name = الاسم الكامل
attribute-given-name = الاسم الأول
attribute-middle-name = الاسم الأوسط
attribute-family-name = اسم العائلة
attribute-nickname = الاسم المستعار
attribute-preferred-username = اسم المستخدم
attribute-email = عنوان البريد الإلكتروني
attribute-phone-number = رقم الهاتف، مثل ‎+966512345678
attribute-address = العنوان
attribute-birthdate = تاريخ الميلاد
attribute-gender = الجنس
attribute-locale = اللغة، مثل ar-SA
attribute-zoneinfo = المنطقة الزمنية، مثل Asia/Riyadh
attribute-picture = عنوان صورة
attribute-profile = عنوان صفحة الملف الشخصي
attribute-website = موقع الويب

error-wrong-password-title = لم يُسجَّل دخولك
error-wrong-password-text = عنوان البريد الإلكتروني أو كلمة المرور غير صحيح. تحقق من كليهما وحاول مرة أخرى.
error-account-unconfirmed-title = أكّد حسابك أولًا
error-account-unconfirmed-text = لديك حساب، لكنه لم يُؤكَّد بعد. ابحث عن الرسالة التي تلقيتها عند التسجيل، واتبع ما فيها، ثم ابدأ من جديد.
error-password-reset-required-title = يجب استبدال كلمة مرورك
error-password-reset-required-text = لم تعد كلمة مرورك القديمة صالحة. اختر كلمة مرور جديدة، ثم ابدأ من جديد.
error-too-many-requests-title = طلبات كثيرة جدًا
error-too-many-requests-text = جاءت من شبكتك طلبات كثيرة جدًا في وقت قصير. لم يُفقد شيء: انتظر قليلًا، ثم ابدأ من جديد.
error-too-many-attempts-title = محاولات كثيرة جدًا
error-too-many-attempts-text = حاول شخص تسجيل الدخول إلى هذا الحساب مرات كثيرة جدًا. لم يُفقد شيء: انتظر ربع ساعة، ثم ابدأ من جديد.
error-wrong-code-title = هذا الرمز لا يعمل
code-sent-wrong = الرمز غير صحيح، أو استُخدم من قبل. تحقق منه وحاول مرة أخرى، أو اختر «العودة إلى البداية» للحصول على رمز جديد.
error-wrong-code-text = الرمز غير صحيح، أو استُخدم من قبل. انتظر الرمز التالي، أو تحقق من الرمز الذي لديك، وحاول مرة أخرى.
error-code-expired-title = انتهت صلاحية هذا الرمز
error-code-expired-text = يصلح الرمز لبضع دقائق فقط. اختر «العودة إلى البداية» للحصول على رمز جديد.
error-second-step-missing-title = يحتاج حسابك إلى خطوة ثانية
error-second-step-missing-text = كلمة المرور وحدها لا تكفي هنا، وليس في حسابك شيء آخر بعد. أعدّ خطوة ثانية، مثل تطبيق مصادقة، في الموقع الذي سجّلت فيه حسابك. ثم ابدأ من جديد.
error-new-password-refused-title = اختر كلمة مرور أخرى
error-new-password-refused-text = كلمة المرور هذه قصيرة جدًا أو بسيطة جدًا، أو سبق لك استخدامها. اختر كلمة مرور أخرى.
error-passwords-differ-title = كلمتا المرور مختلفتان
error-passwords-differ-text = كتبت كلمتَي مرور مختلفتين. اكتب كلمة المرور نفسها مرتين.
error-attribute-refused-title = تحقق مما كتبته
error-attribute-refused-text = هناك شيء ناقص، أو غير مكتوب كما ينبغي، أو يخص حسابًا آخر. تحقق مما كتبته وحاول مرة أخرى.
error-challenge-over-title = استغرق ذلك وقتًا طويلًا
error-challenge-over-text = حفاظًا على أمانك، الوقت المتاح لهذه الخطوة قصير، وهي تصلح مرة واحدة فقط. سجّل الدخول مرة أخرى.
error-form-refused-title = لا يمكن الوثوق بهذا النموذج
error-form-refused-text = لم يأتِ من صفحتنا، أو لم يأتِ من هذا المتصفح. لم يُسجَّل دخول أحد. ابدأ من جديد.
error-ticket-refused-title = هذا الرابط لا يعمل
error-ticket-refused-text = إنه تالف، أو أُنشئ لشخص آخر. لم يُسجَّل دخول أحد. عُد إلى مركز المساعدة وسجّل الدخول من هناك.
error-ticket-expired-title = استغرق تسجيل دخولك وقتًا طويلًا
error-ticket-expired-text = حفاظًا على أمانك، يصلح هذا الرابط لدقيقة واحدة فقط. عُد إلى مركز المساعدة وسجّل الدخول مرة أخرى.

## What the script of a company’s own sign-in page is told. Whoever wrote it reads this.

post-unreadable = يجب أن يكون نص الطلب كائن JSON واحدًا أو نموذجًا واحدًا يرد فيه كل اسم مرة واحدة.
post-field-missing = لا يحتوي نص الطلب على «{ $field }».
post-field-invalid = ما ورد في نص الطلب باسم «{ $field }» ليس في محله.

## What is out of order

error-store-unavailable-title = تسجيل الدخول غير ممكن الآن
error-store-unavailable-text = جزء من خدمتنا لا يعمل. ليس هذا خطأك، ولم يُسجَّل دخول أحد. حاول مرة أخرى بعد بضع دقائق.
error-too-many-from-backend-title = عمليات تسجيل دخول كثيرة في وقت واحد
error-too-many-from-backend-text = تصل من صفحة تسجيل الدخول لمركز المساعدة هذا عمليات تسجيل دخول أكثر بكثير من المعتاد، ولا يمكننا قبول عمليتك الآن. ليس هذا خطأك، ولم يُسجَّل دخول أحد. حاول مرة أخرى بعد خمس دقائق، وأخبر فريق الدعم إذا تكرر ذلك.
error-too-many-from-network-title = عمليات تسجيل دخول كثيرة من شبكتك
error-too-many-from-network-text = تصل من الشبكة التي أنت فيها عمليات تسجيل دخول أكثر بكثير من المعتاد، ولا يمكننا قبول عمليتك الآن. لم يُسجَّل دخول أحد. انتظر خمس دقائق ثم ابدأ من جديد، أو استخدم شبكة أخرى.
error-internal-title = حدث خطأ ما
error-internal-text = الخطأ منا وليس منك. حاول مرة أخرى بعد بضع دقائق، وأخبر فريق الدعم إذا تكرر ذلك.

## What Zendesk reports at the remote logout address

error-zendesk-invalid-request-title = لم يقبل مركز المساعدة تسجيل الدخول
error-zendesk-invalid-request-text = وصل تسجيل الدخول إلى المكان الخطأ. لم يُسجَّل خروج أحد. ابدأ من جديد، وأخبر فريق الدعم إذا تكرر ذلك.
error-zendesk-signature-title = لم يتمكن مركز المساعدة من تأكيد تسجيل الدخول
error-zendesk-signature-text = تسجيل الدخول غير معدّ بشكل صحيح بيننا وبين مركز المساعدة. لم يُسجَّل خروج أحد. لن تفيد المحاولة مرة أخرى: أخبر فريق الدعم.
error-zendesk-not-allowed-title = لا يمكن استخدام عنوانك هنا
error-zendesk-not-allowed-text = لا يسمح مركز المساعدة بالتسجيل بعنوان بريدك الإلكتروني. لم يُسجَّل خروج أحد. سجّل الدخول بعنوان آخر، أو اسأل فريق الدعم.
error-zendesk-token-used-title = استُخدم تسجيل الدخول هذا من قبل
error-zendesk-token-used-text = يقبل مركز المساعدة كل تسجيل دخول مرة واحدة فقط. لم يُسجَّل خروج أحد، ومن المرجح أنك مسجّل الدخول: تابع إلى مركز المساعدة، أو ابدأ من جديد.
error-zendesk-clock-title = استغرق تسجيل دخولك وقتًا طويلًا
error-zendesk-clock-text = كانت صلاحيته قد انتهت عندما وصل إلى مركز المساعدة. لم يُسجَّل خروج أحد. ابدأ من جديد، وأخبر فريق الدعم إذا تكرر ذلك.
error-zendesk-rate-limit-title = عدد كبير جدًا من الأشخاص في وقت واحد
error-zendesk-rate-limit-text = لا يقبل مركز المساعدة سوى عدد معيّن من عمليات تسجيل الدخول في الوقت نفسه. لم يُسجَّل خروج أحد. انتظر دقيقة وحاول مرة أخرى.
error-zendesk-external-id-title = حسابك موجود مرتين
error-zendesk-external-id-text = يعرف مركز المساعدة بالفعل عنوان بريدك الإلكتروني برقم حساب آخر، أو رقم حسابك بعنوان بريد إلكتروني آخر. لم يُسجَّل خروج أحد. فريق الدعم وحده يستطيع إصلاح ذلك: أخبره.
error-zendesk-unreadable-title = لم يتمكن مركز المساعدة من قراءة تسجيل الدخول
error-zendesk-unreadable-text = لم يصل كاملًا. لم يُسجَّل خروج أحد. ابدأ من جديد، وأخبر فريق الدعم إذا تكرر ذلك.
error-zendesk-unknown-title = لم يسجّل مركز المساعدة دخولك
error-zendesk-unknown-text = لم يذكر سببًا نعرفه. لم يُسجَّل خروج أحد. حاول مرة أخرى، وأخبر فريق الدعم إذا تكرر ذلك.
error-backend-denied-title = لم يُسجَّل دخولك
error-backend-denied-text = رفضت صفحة تسجيل الدخول طلبك، أو غادرتها قبل أن تنتهي. حاول مرة أخرى؛ وإذا استمر ذلك، فأخبر فريق الدعم بالرمز أدناه.
error-backend-unproven-title = لا يمكننا تأكيد تسجيل دخولك
error-backend-unproven-text = ما أعادته صفحة تسجيل الدخول لا يخص تسجيل الدخول هذا، أو ليس صادرًا عنها حقًا. لم يُسجَّل دخول أحد. ابدأ من جديد؛ وإذا استمر ذلك، فأخبر فريق الدعم بالرمز أدناه.
error-backend-again-title = سجّل الدخول مرة أخرى
error-backend-again-text = لم تتمكن صفحة تسجيل الدخول من إكمال العملية: ربما انتظرت بعض الوقت، أو أنها مشغولة. ابدأ من جديد؛ وإذا استمر ذلك، فأخبر فريق الدعم بالرمز أدناه.
error-backend-over-title = انتهى تسجيل الدخول هذا
error-backend-over-text = ما أعادته صفحة تسجيل الدخول استُخدم من قبل، أو استغرق وصوله وقتًا طويلًا. ابدأ من جديد.
error-backend-unavailable-title = تسجيل الدخول غير متاح الآن
error-backend-unavailable-text = النظام الذي يعرف حسابك لا يستجيب. حاول مرة أخرى بعد بضع دقائق.
