//! Which characters begin a name, go on with one, or are white space (DMN 1.5 section 10.3.1.2, grammar rules 28, 29, 61 and 62).

/// Whether a name may begin with `character`. `?` is left out: in FEEL it stands for the input of a unary test.
pub(crate) fn is_name_start(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_alphabetic() || character == '_';
    }
    matches!(character,
        '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}' | '\u{370}'..='\u{37D}'
        | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}' | '\u{2C00}'..='\u{2FEF}'
        | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}' | '\u{10000}'..='\u{EFFFF}')
        && !is_space(character)
}

/// Whether a word of a name may go on with `character`.
pub(crate) fn is_name_part(character: char) -> bool {
    is_name_start(character)
        || character.is_ascii_digit()
        || matches!(character, '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
}

/// White space, line ends included.
pub(crate) fn is_space(character: char) -> bool {
    matches!(character,
        ' ' | '\t'..='\r' | '\u{85}' | '\u{A0}' | '\u{1680}' | '\u{180E}' | '\u{2000}'..='\u{200B}'
        | '\u{2028}' | '\u{2029}' | '\u{202F}' | '\u{205F}' | '\u{3000}' | '\u{FEFF}')
}

/// Signs that a name may hold beside its words (`additional name symbols`).
pub(crate) fn is_name_sign(character: char) -> bool {
    matches!(character, '.' | '/' | '-' | '\'' | '+' | '*')
}
