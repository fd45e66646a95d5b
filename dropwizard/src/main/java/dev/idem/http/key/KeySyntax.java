package dev.idem.http.key;

/** In which syntax a key may be sent. */
public enum KeySyntax {
    /** In either. */
    ANY,
    /** As a string of a structured field, in double quotes (RFC 9651, section 3.3.3), as the draft has it. */
    QUOTED,
    /** As the bare characters. */
    BARE
}
