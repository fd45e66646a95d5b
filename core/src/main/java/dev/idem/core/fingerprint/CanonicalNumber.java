package dev.idem.core.fingerprint;

/**
 * Writes a number by its value, in time linear in its length. {@link java.math.BigDecimal} needs quadratic time,
 * because it removes trailing zeros one at a time. Stateless.
 */
final class CanonicalNumber {
    private CanonicalNumber() {}

    /**
     * All significant digits, and the power of ten of the last one: 1, 1.0 and 1e0 are the same number.
     *
     * @param units contains the number, in JSON's grammar, from {@code begin} to {@code end}
     * @throws NumberFormatException if its exponent is beyond {@code int}
     * @throws ArithmeticException if the power of ten is
     */
    static void write(char[] units, int begin, int end, CanonicalText text) {
        int mantissaEnd = begin;
        int point = -1;
        while (mantissaEnd < end && units[mantissaEnd] != 'e' && units[mantissaEnd] != 'E') {
            if (units[mantissaEnd] == '.') {
                point = mantissaEnd;
            }
            mantissaEnd++;
        }
        long power = mantissaEnd == end ? 0 : exponent(units, mantissaEnd + 1, end);
        if (point >= 0) {
            power -= mantissaEnd - point - 1;
        }
        int last = mantissaEnd;
        for (; last > begin && isNothing(units[last - 1]); last--) {
            power += units[last - 1] == '0' ? 1 : 0;
        }
        int first = units[begin] == '-' ? begin + 1 : begin;
        while (first < last && isNothing(units[first])) {
            first++;
        }
        if (first >= last) {
            text.ascii('0');
            return;
        }
        if (units[begin] == '-') {
            text.ascii('-');
        }
        text.digits(units, first, last);
        text.ascii('e');
        text.decimal(Math.toIntExact(power));
    }

    private static int exponent(char[] units, int begin, int end) {
        return Integer.parseInt(new String(units, begin, end - begin));
    }

    /** At the number's beginning or end. */
    private static boolean isNothing(char unit) {
        return unit == '0' || unit == '.';
    }
}
