### What end users read. They did not choose this service and need not know that it exists:
### say what happened, then what to do, in words that a first-time visitor understands.
### A code of eight characters stands below every error; the texts need not mention it.

## Choosing a brand

brands-title = Where would you like to sign in?
brands-text = Choose the help center that you want to visit.
# Where there are more than one page shows
brands-search = Search by name
brands-search-button = Search
brands-before = Previous page
brands-after = Next page
brands-not-found = No help center has this in its name. Please try another word, or open the help center that you want to visit and choose “Sign in” there.
brands-none = There is nothing to choose from here. Please open the help center that you want to visit and choose “Sign in” there.

## Handing over to Zendesk

hand-off-title = Signing you in to { $brand }…
hand-off-text = This takes only a moment.
hand-off-by-hand = If nothing happens, please press the button.
hand-off-button = Finish signing in
hand-off-over-title = You are back at an earlier page
hand-off-over-text = There is nothing more to do here. You can go straight on.
hand-off-over-link = Go to { $brand }

# While the sign-in of a company's own page goes on
ticket-title = Signing you in…
ticket-scripts-title = This step needs JavaScript
ticket-scripts = Your browser has it switched off. Please switch it on, then sign in again from the help center.

## Asking before signing in

confirm-title = Continue to { $brand } as { $email }?
confirm-sent-by = We ask because you came to this page from another website:
confirm-from-unknown = We ask because your browser does not tell us which website you came from.
confirm-from-no-page = We ask because you did not come from the help center, but by an address of your own, such as a bookmark or a link in a message.
confirm-again = We ask because somebody said here, a few minutes ago, that they are not the person who is signed in there.
confirm-code-hint = If this question comes every time, please tell support this code.
confirm-advice = Continue only if this is your address and you have just signed in yourself. Otherwise somebody else’s account might be opened in your browser.
confirm-button = Continue
confirm-not-me = This is not me

## Somebody is not who the site says they are

not-me-title = Please sign out there first
not-me-text = Somebody is signed in at the site where people have their accounts, and we cannot sign them out for you.
not-me-site = Open the site:
not-me-sign-out = Sign out there.
not-me-return = Come back to this page and sign in as yourself.
not-me-again = Sign in as yourself

# Shown for a moment, and only where a browser runs no scripts
onward-link = Go on to the sign-in page

## Signed out

signed-out-title = You are signed out
signed-out-text = Thank you for your visit. If other people use this device too, please also close all windows of your browser.
signed-out-home-of = Back to { $brand }

## The front page

home-title = This is a sign-in service
home-text = It takes people from a help center to the right sign-in page, and back again.
home-advice = There is nothing to do here. To sign in, please open the help center that you want to visit and choose “Sign in” there.

## What every error page has

error-code = Code
error-code-hint = If you ask for help, please mention this code. It lets us find out what happened.
error-parameter = The part of the address that we mean is called “{ $parameter }”.
error-support = Contact { $brand } support
action-start-again = Start again
action-continue = Continue to the help center
action-home = Go to the help center
action-choose = Choose a help center
action-registered = Go to the site where you registered
action-try-again = Try again

## The request itself

error-malformed-request-title = This link is damaged
error-malformed-request-text = The address that brought you here is incomplete, too long, or has been changed on its way. Please go back to the help center and sign in from there.
error-return-to-refused-title = This link leads somewhere else
error-return-to-refused-text = The link asks us to send you to a website that does not belong to this help center, so we stopped. Please open the help center yourself and sign in from there.
error-return-to-miswritten-title = This link is not written correctly
error-return-to-miswritten-text = It leads to a page of the help center, but its address is mistyped: it may hold a blank, or begin with “http:”. Please open the help center yourself and sign in from there.
error-unknown-brand-title = We do not know this help center
error-unknown-brand-text = The link does not say which help center you want to sign in to, or names one that is not set up here. Please go back to the help center and sign in from there.
error-no-token-title = The sign-in did not arrive
error-no-token-text = The sign-in page sent you back without saying who you are. Please start again from the help center.
error-token-too-large-title = The sign-in is too large
error-token-too-large-text = The sign-in page sent more about you than we can take. Trying again will not help: please tell support.
error-body-too-large-title = That was too much at once
error-body-too-large-text = Your browser sent more than this page can take. Please start again from the help center, and tell support if it happens twice.
error-address-too-long-title = This link is too long
error-address-too-long-text = The address that brought you here is longer than we can take. Please open the help center’s first page and sign in from there.
error-headers-too-large-title = Your browser sent too much
error-headers-too-large-text = Your browser keeps more cookies for this page than it can take. Please delete the cookies of this site, then sign in again from the help center.
error-request-too-slow-title = That took too long
error-request-too-slow-text = The connection was too slow for us to read what your browser asked for. Please try again.
error-wrong-content-type-title = We cannot read this
error-wrong-content-type-text = The sign-in page sent its answer in a form that we do not understand. Trying again will not help: please tell support.
error-post-invalid-title = The sign-in page sent something wrong
error-post-invalid-text = It left something out, or sent it in a form that we do not understand. Nobody has been signed in. Trying again will not help: please tell support.
error-method-not-allowed-title = This does not work here
error-method-not-allowed-text = This address cannot be used in the way your browser just tried. Please go back to the help center and sign in from there.
error-not-found-title = There is nothing here
error-not-found-text = The address may be mistyped or out of date. To sign in, please open the help center and choose “Sign in” there.
error-prefetch-title = Not yet
error-prefetch-text = Your browser tried to load this page before you asked for it. Nothing has happened. To sign in now, please start again from the help center.

## The sign-in that the browser has begun

error-flow-missing-title = We cannot find your sign-in
error-flow-missing-text = It may have begun in another browser or more than a day ago, or your browser blocks cookies. Please allow cookies for this site and start again from the help center.
error-flow-expired-title = Your sign-in took too long
error-flow-expired-text = For your safety a sign-in has to be finished within an hour. Please start again.
error-flow-used-title = This sign-in is already done
error-flow-used-text = Every sign-in works once, and this one has been used. You are probably signed in: go on to the help center, or start again.
error-flow-altered-title = We can no longer read your sign-in
error-flow-altered-text = This service was restarted while you were signing in, or what your browser kept has been changed. Please sign in again from the help center.
error-flow-foreign-title = This sign-in belongs to another site
error-flow-foreign-text = You began to sign in at one site, and the answer came from another. This happens with several windows open. Please start again from the help center and finish in the same window.
error-flow-outdated-title = The way you sign in has changed
error-flow-outdated-text = While you were signing in, our settings or your network changed. Please start again from the help center.

## What the sign-in page says about the person

error-assertion-unreadable-title = We cannot read your sign-in
error-assertion-unreadable-text = The sign-in page sent an answer that is damaged or incomplete. Please start again, and tell support if it happens twice.
error-assertion-algorithm-title = The sign-in page is not set up correctly
error-assertion-algorithm-text = It signs its answers in a way that was not agreed on, so we stopped. Trying again will not help: please tell support.
error-assertion-signature-title = We cannot confirm your sign-in
error-assertion-signature-text = The answer of the sign-in page is not signed as it should be, so nobody has been signed in. Please start again, and tell support if it happens twice.
error-assertion-too-old-title = Your sign-in is out of date
error-assertion-too-old-text = More than three minutes passed before the answer of the sign-in page reached us. Please start again.
error-assertion-from-the-future-title = A clock is wrong
error-assertion-from-the-future-text = According to its own clock, the sign-in page answered in the future. Please try again in a few minutes, and tell support if that does not help.
error-assertion-invalid-title = Something is missing from your sign-in
error-assertion-invalid-text = The sign-in page left out something that is needed, or sent it in the wrong form. Trying again will not help: please tell support.
error-assertion-audience-title = This sign-in is meant for another service
error-assertion-audience-text = The answer of the sign-in page is not addressed to us, so we stopped. Please start again, and tell support if it happens twice.
error-session-expired-title = You are no longer signed in there
error-session-expired-text = Your sign-in at the site where you have your account has run out. Please start again and sign in there once more.
error-session-key-unknown-title = We cannot confirm your sign-in yet
error-session-key-unknown-text = The site where you have your account has signed it in a way that we do not know. It may have just changed that: please start again in a minute, and tell support if it happens twice.
error-session-issuer-title = This sign-in is from another service
error-session-issuer-text = It was not made by the site that signs people in here, so we stopped. Please start again, and tell support if it happens twice.
error-session-other-project-title = This sign-in is for something else
error-session-other-project-text = You are signed in for another game or site of the same company, which does not count here. Please start again, and tell support if it happens twice.
error-session-ambiguous-title = Your browser sent two sign-ins
error-session-ambiguous-text = They are different, and we cannot tell which one is yours. Please sign out at the site where you have your account, delete the cookies of that site, and start again.
error-other-address-title = This is not the right address for that
error-other-address-text = What you are looking for is at another address of ours. Please try again there, or open the help center and choose “Sign in” there.
error-other-backend-title = This link belongs to another way of signing in
error-other-backend-text = The address that brought you here does not fit the help center that you want to visit. Please start again.
error-assertion-used-title = This sign-in has been used
error-assertion-used-text = Every sign-in works once. You may have loaded the page again or gone back to it. If you are not signed in yet, please start again.

## Who may sign in

error-address-reserved-title = Your address signs in elsewhere
error-address-reserved-text = People with your email address sign in another way and not through this page. If you do not know which, please ask support.
error-person-denied-title = You cannot sign in here
error-person-denied-text = This account has been blocked. Trying again will not help: if you think that it is a mistake, please ask support.
error-address-not-allowed-title = Your address cannot be used here
error-address-not-allowed-text = Only certain email addresses can sign in here, and yours is not one of them. Please sign in with another one, or ask support.
error-email-invalid-title = Your email address is not valid
error-email-invalid-text = The sign-in page sent us an email address that cannot be right. Please check the address in your account, then start again.
error-email-missing-title = Your account has no email address
error-email-missing-text = The help center knows people by their email address, and the site where you have your account did not tell us yours. Please add one to your account there, then start again.
error-email-proof-missing-title = We cannot tell whether your email address is yours
error-email-proof-missing-text = The site where you have your account does not say whether your email address has been confirmed. Only support can put this right: please tell them, then start again.
error-email-unverified-title = Please confirm your email address first
error-email-unverified-text = We sent you nothing ourselves: look for a message from the site where you have your account, follow the link in it, then start again.
error-external-id-missing-title = Your account number is missing
error-external-id-missing-text = The sign-in page did not tell us which account is yours. Only support can put this right: please tell them, then start again.
error-external-id-not-allowed-title = Your account could not be matched
error-external-id-not-allowed-text = The login page of this brand named a customer number that it may not use here. Please tell support the code below: they can put it right.
error-role-not-allowed-title = This account cannot sign in here
error-role-not-allowed-text = The sign-in page asked for rights that it may not give, so we stopped. Trying again will not help: please tell support.
error-attribute-not-allowed-title = This sign-in says more than it may
error-attribute-not-allowed-text = The sign-in page told us something about you that it may not decide, so we stopped. Trying again will not help: please tell support.
error-confirmation-refused-title = This answer does not count
error-confirmation-refused-text = It came too late, was given before, or did not come from our own page. It has signed nobody in now. Please start again.
error-closed-title = Sign-in is closed
error-closed-text = Nobody can sign in here for now. Those who run the help center say:
error-loop-title = You are going round in circles
error-loop-text = Your browser tried to sign in or out many times within a minute, so we stopped it. Please check that your browser allows cookies, wait a minute and start again. If that does not help, please tell support.
error-origin-refused-title = This sign-in page is not known here
error-origin-refused-text = The page that sent your sign-in is not one that we take sign-ins from, so we stopped. Please open the help center and choose “Sign in” there.

## The form for an email address and a password

sign-in-title = Sign in to { $brand }
# The title of a form that is shown again because something in it was wrong
problem-title = Error: { $title }
sign-in-email = Email address
sign-in-password = Password
password-show = Show password
password-hide = Hide password
sign-in-button = Sign in
sign-in-forgot = Forgot your password?
sign-in-register = Create an account
action-reset-password = Choose a new password

## What may be asked for after the password

challenge-button = Continue
challenge-start-over = Start over
new-password-title = Choose a new password
new-password-text = You signed in with a password that has to be replaced. Long ones are best, with capital and small letters, digits and signs.
new-password-label = New password
new-password-repeated = New password, once more
code-title = Enter your code
code-by-sms-text = We have sent you a text message with a code.
code-by-email-text = We have sent you an email with a code. It may take a minute to arrive.
code-by-authenticator-text = Open your authenticator app and type the code that it shows for this account.
code-label = Code
method-title = How would you like to get your code?
method-text = We need a code as well as your password, to be sure that it is you.
method-label = Get a code
method-sms = By text message
method-email = By email
method-authenticator = From my authenticator app
attribute-name = Full name
attribute-given-name = First name
attribute-middle-name = Middle name
attribute-family-name = Last name
attribute-nickname = Nickname
attribute-preferred-username = User name
attribute-email = Email address
attribute-phone-number = Phone number, such as +15551234567
attribute-address = Address
attribute-birthdate = Date of birth
attribute-gender = Gender
attribute-locale = Language, such as en-GB
attribute-zoneinfo = Time zone, such as Europe/Berlin
attribute-picture = Address of a picture
attribute-profile = Address of a profile page
attribute-website = Website

error-wrong-password-title = You were not signed in
error-wrong-password-text = The email address or the password is not right. Please check both and try again.
error-account-unconfirmed-title = Please confirm your account first
error-account-unconfirmed-text = You have an account, but it has not been confirmed yet. Look for the message that you got when you registered, do what it says, then start again.
error-password-reset-required-title = Your password has to be replaced
error-password-reset-required-text = Your old password no longer works. Please choose a new one, then start again.
error-too-many-requests-title = Too many requests
error-too-many-requests-text = Very many requests have come from your network in a short time. Nothing is lost: please wait a moment, then start again.
error-too-many-attempts-title = Too many attempts
error-too-many-attempts-text = Somebody has tried to sign in to this account too often. Nothing is lost: please wait a quarter of an hour, then start again.
error-wrong-code-title = This code does not work
code-sent-wrong = The code is not right, or has been used. Please check it and try again, or choose “Start over” to get a new one.
error-wrong-code-text = The code is not right, or has been used. Please wait for the next one, or check the one you have, and try again.
error-code-expired-title = This code has expired
error-code-expired-text = A code works for a few minutes only. Please choose “Start over” to get a new one.
error-second-step-missing-title = Your account needs a second step
error-second-step-missing-text = A password alone is not enough here, and your account has nothing else yet. Please set up a second step, such as an authenticator app, where you registered. Then start again.
error-new-password-refused-title = Please choose another password
error-new-password-refused-text = This password is too short or too simple, or you have had it before. Please choose another one.
error-passwords-differ-title = The passwords differ
error-passwords-differ-text = You typed two different passwords. Please type the same one twice.
error-attribute-refused-title = Please check what you typed
error-attribute-refused-text = Something is missing, is not written as it should be, or belongs to another account. Please check what you typed and try again.
error-challenge-over-title = That took too long
error-challenge-over-text = For your safety there is only little time for this step, and it works only once. Please sign in again.
error-form-refused-title = This form cannot be trusted
error-form-refused-text = It did not come from our own page, or not from this browser. Nobody has been signed in. Please start again.
error-ticket-refused-title = This link does not work
error-ticket-refused-text = It is damaged, or was made for somebody else. Nobody has been signed in. Please go back to the help center and sign in from there.
error-ticket-expired-title = Your sign-in took too long
error-ticket-expired-text = For your safety this link works for one minute only. Please go back to the help center and sign in again.

## What the script of a company’s own sign-in page is told. Whoever wrote it reads this.

post-unreadable = The body of the request has to be one JSON object or one form, in which every name stands once.
post-field-missing = The body of the request has no “{ $field }”.
post-field-invalid = What the body of the request has as “{ $field }” does not belong there.

## What is out of order

error-store-unavailable-title = Signing in is not possible right now
error-store-unavailable-text = A part of our service is not working. It is not your fault, and nobody has been signed in. Please try again in a few minutes.
error-too-many-from-backend-title = Too many sign-ins at once
error-too-many-from-backend-text = Far more sign-ins than usual come from this help center’s sign-in page, and we cannot take yours just now. It is not your fault, and nobody has been signed in. Please try again in five minutes, and tell support if it happens again.
error-too-many-from-network-title = Too many sign-ins from your network
error-too-many-from-network-text = Far more sign-ins than usual come from the network that you are in, and we cannot take yours just now. Nobody has been signed in. Please wait five minutes, then start again, or use another network.
error-internal-title = Something went wrong
error-internal-text = The mistake is ours, not yours. Please try again in a few minutes, and tell support if it happens again.

## What Zendesk reports at the remote logout address

error-zendesk-invalid-request-title = The help center did not accept the sign-in
error-zendesk-invalid-request-text = The sign-in arrived at the wrong place. Nobody has been signed out. Please start again, and tell support if it happens twice.
error-zendesk-signature-title = The help center could not confirm the sign-in
error-zendesk-signature-text = The sign-in is not set up correctly between us and the help center. Nobody has been signed out. Trying again will not help: please tell support.
error-zendesk-not-allowed-title = Your address cannot be used here
error-zendesk-not-allowed-text = The help center does not allow your email address to sign up. Nobody has been signed out. Please sign in with another address, or ask support.
error-zendesk-token-used-title = This sign-in has been used
error-zendesk-token-used-text = The help center accepts every sign-in once. Nobody has been signed out, and you are probably signed in: go on to the help center, or start again.
error-zendesk-clock-title = Your sign-in took too long
error-zendesk-clock-text = It was out of date when it reached the help center. Nobody has been signed out. Please start again, and tell support if it happens twice.
error-zendesk-rate-limit-title = Too many people at once
error-zendesk-rate-limit-text = The help center takes only so many sign-ins at a time. Nobody has been signed out. Please wait a minute and try again.
error-zendesk-external-id-title = Your account exists twice
error-zendesk-external-id-text = The help center already knows your email address with another account number, or your account number with another email address. Nobody has been signed out. Only support can put this right: please tell them.
error-zendesk-unreadable-title = The help center could not read the sign-in
error-zendesk-unreadable-text = It did not arrive whole. Nobody has been signed out. Please start again, and tell support if it happens twice.
error-zendesk-unknown-title = The help center did not sign you in
error-zendesk-unknown-text = It did not give a reason that we know. Nobody has been signed out. Please try again, and tell support if it happens twice.
error-backend-denied-title = You were not signed in
error-backend-denied-text = The sign-in page said no, or you left it before you were done. Please try again; if it keeps happening, tell support the code below.
error-backend-unproven-title = We cannot confirm your sign-in
error-backend-unproven-text = What the sign-in page sent back is not for this sign-in, or not really its own. Nobody has been signed in. Please start again; if it keeps happening, tell support the code below.
error-backend-again-title = Please sign in once more
error-backend-again-text = The sign-in page could not finish: you may have waited a while, or it may be busy. Please start again; if it keeps happening, tell support the code below.
error-backend-over-title = This sign-in is over
error-backend-over-text = What the sign-in page sent back has been used already, or took too long to arrive. Please start again.
error-backend-unavailable-title = Sign-in is not available right now
error-backend-unavailable-text = The system that knows your account does not answer. Please try again in a few minutes.
