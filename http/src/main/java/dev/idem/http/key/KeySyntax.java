package dev.idem.http.key;

/** The syntaxes in which a key may be sent. */
public enum KeySyntax {
    /** Either of the two. */
    ANY,
    /** A structured field's string in double quotes (RFC 9651, section 3.3.3), as in the draft. */
    QUOTED,
    /** The bare characters. */
    BARE
}
