//! A word for each kind of problem, which programs may rely on: messages may change, these do not.

macro_rules! codes {
    ($($name:ident = $word:literal,)*) => {
        /// What kind of problem it is. docs/check.md says what each means.
        #[derive(Clone, Copy, Debug, Eq, PartialEq)]
        pub enum Code {
            $(#[doc = $word] $name,)*
        }

        impl Code {
            /// Every kind that there is.
            #[cfg(test)]
            pub(in crate::config) const ALL: &[Self] = &[$(Self::$name,)*];

            /// As a program sees it.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)*
                }
            }
        }
    };
}

codes! {
    // The file, before anything in it has a meaning.
    CouldNotRun = "could-not-run",
    FileUnreadable = "file-unreadable",
    FileEmpty = "file-empty",
    FileTooLarge = "file-too-large",
    ControlCharacter = "control-character",
    OddBlank = "odd-blank",
    Indentation = "indentation",
    Tab = "tab",
    Colon = "colon",
    Comma = "comma",
    Bracket = "bracket",
    Quote = "quote",
    Escape = "escape",
    ListMark = "list-mark",
    CommentMark = "comment-mark",
    MergeMark = "merge-mark",
    CopyMark = "copy-mark",
    ValueStart = "value-start",
    Syntax = "syntax",
    TooDeep = "too-deep",
    TooMany = "too-many",
    SecondDocument = "second-document",
    Anchor = "anchor",
    Alias = "alias",
    Tag = "tag",
    MergeKey = "merge-key",
    KeyNotText = "key-not-text",
    KeyTwice = "key-twice",
    // Several files.
    IncludeInvalid = "include-invalid",
    IncludeNothing = "include-nothing",
    IncludedKey = "included-key",
    NameTwice = "name-twice",
    LimitMissing = "limit-missing",
    LimitUnused = "limit-unused",
    LimitExceeded = "limit-exceeded",
    // Keys and the types of their values.
    KeyMisplaced = "key-misplaced",
    UnknownKey = "unknown-key",
    MissingKey = "missing-key",
    EmptyValue = "empty-value",
    WrongType = "wrong-type",
    UnknownWord = "unknown-word",
    TextForSwitch = "text-for-switch",
    TextCut = "text-cut",
    CurlyQuotes = "curly-quotes",
    Placeholder = "placeholder",
    Version = "version",
    // Names and references.
    NameInvalid = "name-invalid",
    BackendUnknown = "backend-unknown",
    BrandUnknown = "brand-unknown",
    BackendNone = "backend-none",
    BrandNone = "brand-none",
    BackendUnused = "backend-unused",
    BackendKey = "backend-key",
    // Addresses.
    AddressInvalid = "address-invalid",
    AddressPlainHttp = "address-plain-http",
    AddressUser = "address-user",
    AddressQuery = "address-query",
    AddressParameter = "address-parameter",
    AddressOurs = "address-ours",
    OriginInvalid = "origin-invalid",
    OriginMissing = "origin-missing",
    // How the service runs.
    ListenerInvalid = "listener-invalid",
    ListenerTwice = "listener-twice",
    ProxyMissing = "proxy-missing",
    ProxyUnread = "proxy-unread",
    ProxyAnybody = "proxy-anybody",
    ClientAddress = "client-address",
    CertificateInvalid = "certificate-invalid",
    CertificateKey = "certificate-key",
    CertificateDates = "certificate-dates",
    CertificateNames = "certificate-names",
    CertificateChain = "certificate-chain",
    StateKeyShort = "state-key-short",
    AdminShort = "admin-short",
    StateKeyMissing = "state-key-missing",
    StoreInvalid = "store-invalid",
    StorePlain = "store-plain",
    TracesInvalid = "traces-invalid",
    AccountInvalid = "account-invalid",
    // Secrets.
    SecretForm = "secret-form",
    SecretNone = "secret-none",
    SecretInFile = "secret-in-file",
    SecretPlaceholder = "secret-placeholder",
    SecretNotSet = "secret-not-set",
    SecretUnreadable = "secret-unreadable",
    SecretEmpty = "secret-empty",
    SecretBlank = "secret-blank",
    SecretQuotes = "secret-quotes",
    SecretShort = "secret-short",
    SecretTwice = "secret-twice",
    SecretSameValue = "secret-same-value",
    SecretZendesks = "secret-zendesks",
    // Backends.
    AssertionMissing = "assertion-missing",
    LogoutMissing = "logout-missing",
    RegionInvalid = "region-invalid",
    RegionUnread = "region-unread",
    ClientIdInvalid = "client-id-invalid",
    ClientSecretMissing = "client-secret-missing",
    FormMissing = "form-missing",
    IssuerInvalid = "issuer-invalid",
    IssuerMissing = "issuer-missing",
    ScopeInvalid = "scope-invalid",
    CookieInvalid = "cookie-invalid",
    CookieMissing = "cookie-missing",
    CookieDomain = "cookie-domain",
    KeysInvalid = "keys-invalid",
    AlgorithmInvalid = "algorithm-invalid",
    TokenForAnything = "token-for-anything",
    ClaimInvalid = "claim-invalid",
    ClaimPath = "claim-path",
    ClaimRefused = "claim-refused",
    // Brands.
    HostNone = "host-none",
    HostInvalid = "host-invalid",
    HostTwice = "host-twice",
    HostOurs = "host-ours",
    AccountHostMissing = "account-host-missing",
    ZendeskHostMissing = "zendesk-host-missing",
    BrandIdInvalid = "brand-id-invalid",
    BrandIdTwice = "brand-id-twice",
    BrandIdMissing = "brand-id-missing",
    RouteInvalid = "route-invalid",
    RouteNotAnchored = "route-not-anchored",
    RouteGlob = "route-glob",
    RouteNotAscii = "route-not-ascii",
    ColorInvalid = "color-invalid",
    SupportInvalid = "support-invalid",
    KeyIdInvalid = "key-id-invalid",
    WidgetUnasked = "widget-unasked",
    // Who may say what.
    NetworkInvalid = "network-invalid",
    NetworkNone = "network-none",
    ClientIpUnknown = "client-ip-unknown",
    HashInvalid = "hash-invalid",
    ExternalIdInvalid = "external-id-invalid",
    ReservesNothing = "reserves-nothing",
    DomainInvalid = "domain-invalid",
    EmailInvalid = "email-invalid",
    PrefixInvalid = "prefix-invalid",
    PrefixShared = "prefix-shared",
    RoleNone = "role-none",
    RoleNotListed = "role-not-listed",
    CustomRole = "custom-role",
    AttributeInvalid = "attribute-invalid",
    RulesUnread = "rules-unread",
    AgentsNotReserved = "agents-not-reserved",
    AddressesShared = "addresses-shared",
    SharesNothing = "shares-nothing",
    SharingOver = "sharing-over",
}
