package dev.idem.http.key;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.idem.http.key.FieldParser.CharacterClass;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;

/** Skips a parameter's value of any type, and refuses a malformed one (RFC 9651, section 4.2.3.1). Stateless. */
final class BareItem {
    private static final int MAX_INTEGER = 15;
    private static final int MAX_INTEGER_PART = 12;
    private static final int MAX_FRACTION = 3;

    private static final CharacterClass DIGIT = BareItem::isDigit;
    private static final CharacterClass BEGIN_OF_TOKEN = c -> isLetter(c) || c == '*';
    private static final CharacterClass IN_TOKEN =
            c -> isLetter(c) || isDigit(c) || "!#$%&'*+-.^_`|~:/".indexOf(c) >= 0;
    private static final CharacterClass BASE64 = c -> isLetter(c) || isDigit(c) || "+/=".indexOf(c) >= 0;

    private BareItem() {}

    static void skip(FieldParser text) {
        if (text.isNext('"')) {
            StringItem.string(text);
        } else if (text.isNext('-') || text.isNext(DIGIT)) {
            skipNumber(text);
        } else if (text.isNext(BEGIN_OF_TOKEN)) {
            text.takeAll(IN_TOKEN);
        } else if (text.take(':')) {
            skipBytes(text);
        } else if (text.take('?')) {
            require(text.take('0') || text.take('1'));
        } else if (text.take('@')) {
            require(!skipNumber(text)); // a date has no fraction
        } else if (text.take('%')) {
            skipDisplayString(text);
        } else {
            throw wrong();
        }
    }

    /** @return whether it has a fraction */
    private static boolean skipNumber(FieldParser text) {
        text.take('-');
        int whole = text.takeAll(DIGIT).length();
        require(whole > 0 && whole <= MAX_INTEGER);
        if (!text.take('.')) {
            return false;
        }
        int fraction = text.takeAll(DIGIT).length();
        require(whole <= MAX_INTEGER_PART && fraction > 0 && fraction <= MAX_FRACTION);
        return true;
    }

    @SuppressWarnings("UnusedException") // its message would quote what the client sent
    private static void skipBytes(FieldParser text) {
        String encoded = text.takeAll(BASE64);
        require(text.take(':'));
        try {
            byte[] unused = Base64.getDecoder().decode(encoded);
        } catch (IllegalArgumentException e) {
            throw wrong();
        }
    }

    /** Unicode, percent-encoded in lower case (RFC 9651, section 4.2.10). */
    @SuppressWarnings("UnusedException") // it tells the client nothing new
    private static void skipDisplayString(FieldParser text) {
        require(text.take('"'));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (!text.take('"')) {
            require(text.hasMore());
            char c = text.take();
            require(c >= ' ' && c <= '~');
            bytes.write(c == '%' ? 16 * hexDigit(text) + hexDigit(text) : c);
        }
        try {
            Object unused = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray()));
        } catch (CharacterCodingException e) {
            throw wrong();
        }
    }

    private static int hexDigit(FieldParser text) {
        require(text.hasMore());
        int digit = "0123456789abcdef".indexOf(text.take());
        require(digit >= 0);
        return digit;
    }

    static boolean isLowerCase(char c) {
        return c >= 'a' && c <= 'z';
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(char c) {
        return isLowerCase(c) || (c >= 'A' && c <= 'Z');
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw wrong();
        }
    }

    private static MalformedKeyException wrong() {
        return new MalformedKeyException(
                "A parameter after the key has a value that is not valid in a structured field.");
    }
}
