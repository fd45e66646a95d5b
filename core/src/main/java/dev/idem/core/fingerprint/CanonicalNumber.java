package dev.idem.core.fingerprint;

/**
 * Writes a number by its value, in time that grows with its length as it was written and not with its digits' square:
 * {@link java.math.BigDecimal} takes trailing zeros away one at a time. Stateless.
 */
final class CanonicalNumber {
    private CanonicalNumber() {}

    /**
     * All digits that count, and the power of ten of the last one: 1, 1.0 and 1e0 are one number.
     *
     * @param text a number in JSON's grammar
     * @throws NumberFormatException if its exponent is beyond {@code int}
     * @throws ArithmeticException if the power of ten is
     */
    static String of(String text) {
        return isPlain(text) ? text + "e0" : normalised(text);
    }

    /** A whole number whose last digit counts, as most are: there is nothing to take away from it. */
    private static boolean isPlain(String text) {
        char last = text.charAt(text.length() - 1);
        return last != '0' && text.indexOf('.') < 0 && text.indexOf('e') < 0 && text.indexOf('E') < 0;
    }

    private static String normalised(String text) {
        int mantissaEnd = Math.max(text.indexOf('e'), text.indexOf('E'));
        int end = mantissaEnd < 0 ? text.length() : mantissaEnd;
        long power = mantissaEnd < 0 ? 0 : Integer.parseInt(text, end + 1, text.length(), 10);
        int begin = text.charAt(0) == '-' ? 1 : 0;
        int point = text.indexOf('.');
        StringBuilder digits = new StringBuilder(end + 12).append(text, begin, point < 0 ? end : point);
        if (point >= 0) {
            digits.append(text, point + 1, end);
            power -= end - point - 1;
        }
        int last = digits.length();
        while (last > 0 && digits.charAt(last - 1) == '0') {
            last--;
        }
        if (last == 0) {
            return "0";
        }
        power += digits.length() - last;
        digits.setLength(last);
        int first = 0;
        while (digits.charAt(first) == '0') {
            first++;
        }
        digits.delete(0, first).append('e').append(Math.toIntExact(power));
        return begin == 0 ? digits.toString() : digits.insert(0, '-').toString();
    }
}
