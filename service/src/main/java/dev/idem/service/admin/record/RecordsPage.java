package dev.idem.service.admin.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.idem.core.record.RecordHead;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.record.view.RecordView;
import dev.idem.core.store.RecordAdministration;
import dev.idem.core.store.unreadable.UnreadableRecordException;
import dev.idem.core.store.unreadable.UnreadableRecords;
import dev.idem.core.store.unreadable.UnreadableRecords.Summary;
import dev.idem.service.admin.request.QueryParameter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A part of a store's records, in the store's own order.
 *
 * @param store the name of the store
 * @param next the cursor of the next page; null when this was the last
 * @param partial whether records may be missing, because the store has too many to search it for a key, or has what cannot be read
 * @param unreadable what was left out because it is no record
 */
record RecordsPage(
        String store,
        List<RecordView> records,
        @Nullable String next,
        boolean partial,
        UnreadableRecords.Summary unreadable) {
    /** The most steps that find nothing, so that no request takes long; the cursor continues. */
    private static final int MAX_STEPS = 20;

    private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7e\\n]{1,20000}");

    RecordsPage {
        records = List.copyOf(records);
    }

    /**
     * Reads steps until the page is full, or until the limit of steps.
     *
     * @param cursor of an earlier page of this store; null for the first
     */
    static RecordsPage of(RecordAdministration store, RecordAdministration.Filter filter, @Nullable String cursor) {
        List<RecordView> records = new ArrayList<>();
        @Nullable String place = cursor == null ? null : placeIn(store, cursor);
        int steps = 0;
        do {
            RecordAdministration.Page page = step(store, filter, place);
            page.records().stream()
                    .map(record -> RecordView.of(store.name(), record))
                    .forEach(records::add);
            place = page.next();
            steps++;
        } while (place != null && records.size() < filter.pageSize() && steps < MAX_STEPS);
        return new RecordsPage(
                store.name(), records, place == null ? null : cursorFor(store, place), false, Summary.NONE);
    }

    /** The records of one key, which are read with their answers, one at a time. */
    static RecordsPage of(
            RecordAdministration store, RecordAdministration.Filter filter, RecordAdministration.Found found) {
        return of(store, filter, found.heads().stream().map(RecordHead::id).toList(), !found.whole());
    }

    static RecordsPage of(
            RecordAdministration store, RecordAdministration.Filter filter, List<RecordId> ids, boolean partial) {
        return new RecordsPage(
                store.name(),
                ids.stream()
                        .flatMap(id -> found(store, id).stream())
                        .filter(filter::matches)
                        .map(record -> RecordView.of(store.name(), record))
                        .toList(),
                null,
                partial,
                Summary.NONE);
    }

    /** What cannot be read has been reported. */
    private static Optional<StoredRecord> found(RecordAdministration store, RecordId id) {
        try {
            return store.find(id);
        } catch (UnreadableRecordException e) {
            return Optional.empty();
        }
    }

    RecordsPage without(UnreadableRecords.Summary left) {
        return new RecordsPage(store, records, next, partial || !left.none(), left);
    }

    private static RecordAdministration.Page step(
            RecordAdministration store, RecordAdministration.Filter filter, @Nullable String place) {
        try {
            return store.list(filter, place);
        } catch (IllegalArgumentException notAPlace) {
            throw notOurs();
        }
    }

    private static String cursorFor(RecordAdministration store, String place) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((store.name() + ' ' + place).getBytes(UTF_8));
    }

    private static String placeIn(RecordAdministration store, String cursor) {
        String text;
        try {
            text = new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
        } catch (IllegalArgumentException notBase64) {
            throw notOurs();
        }
        String beginning = store.name() + ' ';
        if (!text.startsWith(beginning) || !PRINTABLE.matcher(text).matches()) {
            throw notOurs();
        }
        return text.substring(beginning.length());
    }

    private static RuntimeException notOurs() {
        return new QueryParameter("cursor", null)
                .wrong("must be the next of an earlier page of the same store; leave it out for the first page");
    }
}
