package dev.idem.admin.command;

import static java.util.stream.Collectors.joining;

import dev.idem.admin.output.RecordTables;
import dev.idem.admin.stores.StoreReplies;
import dev.idem.admin.stores.Stores;
import dev.idem.admin.stores.UnavailableStore;
import dev.idem.core.reconcile.RecordPair;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.RecordView;
import dev.idem.core.record.StoredRecord;
import dev.idem.postgres.PostgresStore;
import dev.idem.postgres.PostgresTrustRow;
import dev.idem.postgres.connect.RedactingJdbi;
import dev.idem.redis.RedisStore;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows what the stores hold under one key. */
@Command(
        name = "inspect",
        header = "Show everything about one key.",
        description = {
            "%nShows the record of a key in Redis and in PostgreSQL side by side: who owns it, since when, whether the"
                    + " owner is alive, whether both agree, and what the next repeat gets. Headers and bodies of answers are the"
                    + " users' data and never shown, only their sizes.",
            "%nWithout a key, it shows what a caller's requests have left, with --path only those to one path or to one of its"
                    + " parents, the newest first.",
            "%nWithout --scope the key is looked for in every scope, which walks through all of Redis. If one store"
                    + " cannot be asked, the other is shown, and the reason goes to the standard error."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  idem-admin inspect 8e03978e-40d5-43e8-bc93-6894a57f9324",
            "  idem-admin inspect order-4711 --scope user:42 -o json",
            "  idem-admin inspect --scope user:42 --path /api/v1/shares"
        })
final class InspectCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final RecordSelector sought = new RecordSelector();

    InspectCommand(Session session) {
        this.session = session;
    }

    /** The JSON output. */
    record Result(
            @Nullable String key,
            List<RecordView> records,
            List<Verdict> verdicts,
            List<UnavailableStore> unavailable) {}

    @Override
    public Integer call() {
        try (Stores stores = session.openStores()) {
            StoreReplies<List<StoredRecord>> survey = sought.find(stores);
            List<RecordView> records = survey.answers().stream()
                    .flatMap(reply -> reply.answer().stream().map(record -> RecordView.of(reply.store(), record)))
                    .toList();
            List<Verdict> verdicts = verdicts(stores, survey);
            session.showAnswers(
                    survey,
                    text(records, verdicts),
                    new Result(sought.key().orElse(null), records, verdicts, survey.unavailable()));
            session.warnOfUnavailable(survey);
            return ExitCode.ofSearch(survey, !records.isEmpty());
        }
    }

    private static List<Verdict> verdicts(Stores stores, StoreReplies<List<StoredRecord>> survey) {
        boolean bothAsked = survey.unavailable().isEmpty();
        Map<RecordId, StoredRecord> inRedis = of(RedisStore.NAME, survey);
        Map<RecordId, StoredRecord> inPostgres = of(PostgresStore.NAME, survey);
        Set<RecordId> ids = new LinkedHashSet<>(inRedis.keySet());
        ids.addAll(inPostgres.keySet());
        if (ids.isEmpty()) {
            return List.of();
        }
        boolean redisDecides = redisDecides(stores, survey);
        return ids.stream()
                .map(id -> Verdict.of(
                        new RecordPair(
                                id, Optional.ofNullable(inRedis.get(id)), Optional.ofNullable(inPostgres.get(id))),
                        bothAsked,
                        redisDecides))
                .toList();
    }

    private static Map<RecordId, StoredRecord> of(String store, StoreReplies<List<StoredRecord>> survey) {
        Map<RecordId, StoredRecord> records = new LinkedHashMap<>();
        survey.answers().stream()
                .filter(reply -> reply.store().equals(store))
                .flatMap(reply -> reply.answer().stream())
                .forEach(record -> records.put(record.id(), record));
        return records;
    }

    /** Of one store that answers alone it is taken that it decides. */
    private static boolean redisDecides(Stores stores, StoreReplies<List<StoredRecord>> survey) {
        List<String> asked =
                survey.answers().stream().map(StoreReplies.Reply::store).toList();
        return asked.size() < 2
                ? asked.contains(RedisStore.NAME)
                : stores.withDatabase(database -> new PostgresTrustRow(RedactingJdbi.on(database), "idem-admin")
                        .read()
                        .trusted());
    }

    private String text(List<RecordView> records, List<Verdict> verdicts) {
        if (records.isEmpty()) {
            return sought.key().isPresent() ? "No record of this key was found." : "No record was found.";
        }
        RecordTables tables = new RecordTables(session.colours());
        return verdicts.stream()
                .map(verdict -> tables.sideBySide(records.stream()
                                .filter(record -> record.scope().equals(verdict.scope())
                                        && record.key().equals(verdict.key()))
                                .toList())
                        + verdict.text())
                .collect(joining(System.lineSeparator()));
    }
}
