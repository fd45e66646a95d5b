package dev.idem.admin.command.record;

import dev.idem.core.operations.RecordVerdict;
import dev.idem.core.operations.RecordVerdict.Next;
import dev.idem.core.record.Consistency;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A verdict in sentences. */
final class VerdictText {
    private VerdictText() {}

    static String of(RecordVerdict verdict) {
        String newLine = System.lineSeparator();
        return stores(verdict) + newLine + nextRepeat(verdict) + newLine;
    }

    private static String stores(RecordVerdict verdict) {
        if (!verdict.unreadable().isEmpty()) {
            return "The record cannot be read in " + String.join(" and ", verdict.unreadable()) + '.';
        }
        if (verdict.agree() == null) {
            return "One store is unavailable.";
        }
        return verdict.difference() == null
                ? "The stores agree."
                : "The stores differ: " + verdict.difference() + " (see: idem-admin reconcile --help).";
    }

    private static String nextRepeat(RecordVerdict verdict) {
        if (Objects.equals(verdict.fast(), verdict.strict())) {
            return "The next repeat " + words(verdict, verdict.fast()) + ".";
        }
        Consistency own = verdict.consistency();
        if (own != null) {
            return "The next repeat " + words(verdict, verdict.next()) + ". Its route is "
                    + own.name().toLowerCase(Locale.ROOT) + ".";
        }
        return "The next repeat on a fast route " + words(verdict, verdict.fast()) + "." + System.lineSeparator()
                + "On a strict route it " + words(verdict, verdict.strict()) + ".";
    }

    private static String words(RecordVerdict verdict, @Nullable Next next) {
        if (next != null) {
            return next.text();
        }
        return verdict.unreadable().isEmpty()
                ? "depends on the unavailable store"
                : "depends on the record that cannot be read";
    }
}
