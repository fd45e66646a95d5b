package dev.idem.admin.command;

import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Messages about wrong usage without the words of a programming language: picocli names constants, types and exceptions. */
final class PlainWording {
    private static final Pattern ONE_OF =
            Pattern.compile("expected one of \\[(.*)] \\(case-(?:in)?sensitive\\) but was ('.*')");

    private static final Pattern NUMBER = Pattern.compile("('.*') is not an? (?:int|long|Integer|Long|short|double)$");
    private static final Pattern CONVERSION = Pattern.compile("cannot convert ('.*') to (\\w+) \\(.*\\)$");
    private static final Pattern POSITION = Pattern.compile("positional parameter at index \\S+ \\((.*?)\\)");
    private static final Pattern UNMATCHED = Pattern.compile("^Unmatched arguments? (?:at|from) index \\d+");

    private PlainWording() {}

    static String of(String message) {
        String text = POSITION.matcher(message).replaceFirst("$1");
        text = UNMATCHED.matcher(text).replaceFirst("Not expected here");
        text = NUMBER.matcher(text).replaceFirst("$1 is not a whole number");
        text = CONVERSION.matcher(text).replaceFirst(PlainWording::converted);
        return ONE_OF.matcher(text).replaceFirst(PlainWording::words);
    }

    private static String converted(MatchResult found) {
        String type = found.group(2).equals("URI") ? "URL" : found.group(2).toLowerCase(Locale.ROOT);
        return Matcher.quoteReplacement(found.group(1) + " is not a valid " + type);
    }

    /** As the options' help writes them. */
    private static String words(MatchResult found) {
        return Matcher.quoteReplacement(
                found.group(2) + " is not one of " + found.group(1).toLowerCase(Locale.ROOT));
    }
}
