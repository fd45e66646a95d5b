package dev.idem.service.admin.record;

import dev.idem.core.store.RecordAdministration;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.dropwizard.problem.ProblemException;
import dev.idem.http.problem.Problem;
import dev.idem.http.problem.ProblemType;
import dev.idem.postgres.PostgresStore;
import dev.idem.redis.RedisStore;
import dev.idem.service.admin.node.AuthoritativeStore;
import dev.idem.service.admin.request.QueryParameter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Both stores, and which of them decides. Thread-safe. */
final class RecordStores {
    private static final Logger log = LoggerFactory.getLogger(RecordStores.class);

    private final List<RecordAdministration> stores;
    private final AuthoritativeStore charge;

    RecordStores(List<? extends RecordAdministration> stores, AuthoritativeStore charge) {
        this.stores = List.copyOf(stores);
        this.charge = charge;
    }

    /** A store that could not be asked, and why. */
    record Unavailable(String store, String reason) {}

    /**
     * What the stores said to one question, by their names.
     *
     * @param answers of those that answered
     */
    record Survey<T>(Map<String, T> answers, List<Unavailable> unavailable) {}

    /** Which store a caller asks. */
    private enum Choice {
        REDIS,
        POSTGRES,
        POSTGRESQL
    }

    /** The one that is named so, or else the one in charge. */
    RecordAdministration chosen(@Nullable String name) {
        String wanted = new QueryParameter("store", name)
                .oneOf(Choice.class)
                .map(choice -> choice == Choice.REDIS ? RedisStore.NAME : PostgresStore.NAME)
                .orElseGet(charge::whileAuthoritative);
        return stores.stream()
                .filter(store -> store.name().equals(wanted))
                .findFirst()
                .orElseThrow();
    }

    String whileAuthoritative() {
        return charge.whileAuthoritative();
    }

    /** Asks both; the one in charge last. A store that cannot be asked does not keep the other from answering. */
    <T> Survey<T> ask(Function<RecordAdministration, T> question) {
        String last = charge.whileAuthoritative();
        Map<String, T> answers = new LinkedHashMap<>();
        List<Unavailable> unavailable = new ArrayList<>();
        stores.stream()
                .sorted(Comparator.comparing(store -> store.name().equals(last)))
                .forEach(store -> {
                    try {
                        answers.put(store.name(), question.apply(store));
                    } catch (StoreUnavailableException e) {
                        unavailable.add(new Unavailable(store.name(), String.valueOf(e.getMessage())));
                    }
                });
        return new Survey<>(answers, unavailable);
    }

    /** @throws ProblemException 503, if the store cannot be asked */
    static <T> T require(RecordAdministration store, Function<RecordAdministration, T> question) {
        try {
            return question.apply(store);
        } catch (StoreUnavailableException e) {
            log.warn("{} cannot be asked: {}", store.name(), e.getMessage());
            throw unavailable(store.name() + " cannot be asked at the moment; the log says why.");
        }
    }

    static ProblemException unavailable(String detail) {
        return new ProblemException(
                Problem.of(ProblemType.STORE_NOT_ANSWERING, detail, null), Map.of("Retry-After", "1"));
    }
}
