package dev.idem.admin.command;

import dev.idem.core.reconcile.Difference;
import dev.idem.core.reconcile.RecordPair;
import dev.idem.core.record.NextRequestOutcome;
import dev.idem.core.record.StoredRecord;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What both stores together say of one record.
 *
 * @param agree null if one of them could not be asked
 * @param difference in what they disagree, as {@code reconcile} calls it; null if they do not
 * @param fast what the next repeat on a route gets that is {@code fast}
 * @param strict on one that is {@code strict}
 */
record Verdict(
        String scope,
        String key,
        @Nullable Boolean agree,
        @Nullable String difference,
        String fast,
        String strict) {

    /**
     * Judges one record.
     *
     * @param bothAsked whether both stores answered
     * @param redisDecides whether Redis decides for fast routes
     */
    static Verdict of(RecordPair pair, boolean bothAsked, boolean redisDecides) {
        Optional<String> difference = bothAsked ? pair.difference().map(Verdict::word) : Optional.empty();
        String asPostgres = words(pair.redis().filter(StoredRecord::isFinal).or(pair::postgres));
        return new Verdict(
                pair.id().scope().value(),
                pair.id().key(),
                bothAsked ? difference.isEmpty() : null,
                difference.orElse(null),
                redisDecides ? words(pair.redis()) : asPostgres,
                bothAsked ? asPostgres : "what the store says that cannot be asked now");
    }

    String text() {
        String newLine = System.lineSeparator();
        String stores = agree == null
                ? "One store cannot be asked."
                : difference == null
                        ? "The stores agree."
                        : "The stores differ: " + difference + " (see: idem-admin reconcile --help).";
        return stores + newLine + "The next repeat " + (fast.equals(strict) ? "" : "on a fast route ") + fast + "."
                + (fast.equals(strict) ? "" : newLine + "On a strict route it " + strict + ".") + newLine;
    }

    private static String words(Optional<StoredRecord> deciding) {
        return NextRequestOutcome.after(deciding).words();
    }

    private static String word(Difference difference) {
        return difference.name().toLowerCase(Locale.ROOT);
    }
}
