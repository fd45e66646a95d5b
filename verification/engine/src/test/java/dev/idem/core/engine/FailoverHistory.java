package dev.idem.core.engine;

import static org.awaitility.Awaitility.await;

import dev.idem.core.engine.strategy.CompletionOutcome;
import dev.idem.core.record.Claim;
import dev.idem.core.record.Lease;
import dev.idem.core.record.answer.RecordedResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Steps on a few fresh keys, with each outcome checked against the key's {@link KeyModel}. For one thread. */
final class FailoverHistory {
    static final int KEYS = 3;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final FailoverStage stage;
    private final List<Key> keys = Stream.generate(Key::fresh).limit(KEYS).toList();
    private final List<Granted> granted = new ArrayList<>();

    FailoverHistory(FailoverStage stage) {
        this.stage = stage;
    }

    private record Key(String name, KeyModel model) {
        static Key fresh() {
            return new Key(UUID.randomUUID().toString(), new KeyModel());
        }
    }

    private record Granted(Node node, Key key, Lease lease) {}

    void claim(int node, int key) {
        Node asked = stage.node(node);
        Key claimed = keys.get(key);
        Claim outcome = asked.claim(claimed.name());
        claimed.model().claimed(outcome);
        if (outcome instanceof Claim.Acquired acquired) {
            granted.add(new Granted(asked, claimed, acquired.lease()));
        }
    }

    boolean hasGranted() {
        return !granted.isEmpty();
    }

    /** @param back whose lease: 0 for the latest of all, 1 for the one before */
    void complete(int back, int status) {
        Granted owner = granted(back);
        RecordedResponse answer = new RecordedResponse(status, List.of(), new byte[0]);
        CompletionOutcome outcome = owner.node().complete(owner.lease(), answer);
        owner.key().model().completed(owner.lease(), answer, outcome);
    }

    /** @param back as for {@link #complete} */
    void abandon(int back) {
        Granted owner = granted(back);
        owner.node().abandon(owner.lease());
        owner.key().model().abandoned(owner.lease());
    }

    /** PostgreSQL catches up first: entries still in the journal would rightly be unknown after the loss. */
    void lose(Consumer<FailoverStage> loss) {
        awaitPostgresKnows();
        loss.accept(stage);
    }

    void awaitRedisDecides() {
        stage.awaitRedisDecides();
    }

    void awaitPostgresKnows() {
        keys.forEach(key -> await("PostgreSQL knows that it is " + key.model())
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .atMost(PATIENCE)
                .until(() -> key.model().isKnownAs(stage.inPostgres(key.name()))));
    }

    private Granted granted(int back) {
        return granted.get(Math.max(0, granted.size() - 1 - back));
    }

    @Override
    public String toString() {
        return keys.stream().map(Key::model).toList().toString();
    }
}
