package dev.idem.core.engine;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.idem.verification.support.FormOfProperties;
import dev.idem.verification.support.RandomForm;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.Lifespan;
import net.jqwik.api.lifecycle.Store;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.ActionChainArbitrary;
import net.jqwik.api.state.Transformer;

/**
 * Requests on two nodes while Redis and PostgreSQL alternate as the authoritative store: each outcome is the one that a
 * model predicts.
 */
@AddLifecycleHook(FormOfProperties.class)
class FailoverModelIT {
    private static final RandomForm FORM = RandomForm.asked();
    private static final int STEPS = 20;

    /** Mostly the latest, whose lease is probably still valid. */
    private static final Arbitrary<Integer> OWNERS =
            Arbitraries.frequency(Tuple.of(4, 0), Tuple.of(2, 1), Tuple.of(1, 2), Tuple.of(1, 3));

    private final Store<FailoverStage> stage = Store.getOrCreate("stage", Lifespan.RUN, FailoverStage::new);

    @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
    void whicheverStoreDecidesEachOutcomeIsTheOnlyRightOne(@ForAll("histories") ActionChain<FailoverHistory> history) {
        history.run().awaitPostgresKnows();
    }

    @Example
    void aRedisThatIsBelievedAfterItLostRecordsIsFoundOut() {
        ActionChainArbitrary<FailoverHistory> histories =
                requests().withAction(6, loss("lose records unnoticed", FailoverStage::loseRecordsUnnoticed));

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> histories.generator(FORM.length(5, 50)).stream(FORM.random())
                        .limit(FORM.length(5, 50))
                        .forEach(history -> history.value().run()))
                .withMessageContaining("Run failed after the following actions");
    }

    @Provide
    ActionChainArbitrary<FailoverHistory> histories() {
        return requests()
                .withAction(1, loss("empty Redis", FailoverStage::emptyRedis))
                .withAction(1, loss("forget the scripts", FailoverStage::forgetScripts))
                .withAction(1, lossOfAMarker())
                .withAction(1, loss("let PostgreSQL decide", FailoverStage::letPostgresDecide));
    }

    /** Without losses. */
    private ActionChainArbitrary<FailoverHistory> requests() {
        return ActionChain.startWith(() -> new FailoverHistory(stage.get()))
                .withAction(9, claim())
                .withAction(5, complete())
                .withAction(3, abandon())
                .withAction(
                        2,
                        Action.just(Transformer.mutate("await that Redis decides", FailoverHistory::awaitRedisDecides)))
                .withMaxTransformations(STEPS);
    }

    private static Action.Independent<FailoverHistory> claim() {
        Arbitrary<Integer> nodes = Arbitraries.integers().between(0, FailoverStage.NODES - 1);
        Arbitrary<Integer> keys = Arbitraries.integers().between(0, FailoverHistory.KEYS - 1);
        return () -> Combinators.combine(nodes, keys)
                .as((node, key) -> Transformer.mutate(
                        "claim key " + key + " on node " + node, history -> history.claim(node, key)));
    }

    private static Action.Independent<FailoverHistory> complete() {
        Arbitrary<Integer> statuses = Arbitraries.integers().between(200, 299);
        return new OfAnOwner(Combinators.combine(OWNERS, statuses)
                .as((back, status) -> Transformer.mutate(
                        "complete lease -" + back + " with " + status, history -> history.complete(back, status))));
    }

    private static Action.Independent<FailoverHistory> abandon() {
        return new OfAnOwner(
                OWNERS.map(back -> Transformer.mutate("abandon lease -" + back, history -> history.abandon(back))));
    }

    private static Action.Independent<FailoverHistory> lossOfAMarker() {
        return () -> Arbitraries.integers()
                .between(0, FailoverStage.BUCKETS - 1)
                .map(bucket -> Transformer.mutate(
                        "lose the marker of bucket " + bucket,
                        history -> history.lose(stage -> stage.loseMarker(bucket))));
    }

    private static Action.Independent<FailoverHistory> loss(String description, Consumer<FailoverStage> loss) {
        return Action.just(Transformer.mutate(description, history -> history.lose(loss)));
    }

    private record OfAnOwner(Arbitrary<Transformer<FailoverHistory>> transformer)
            implements Action.Independent<FailoverHistory> {
        @Override
        public boolean precondition(FailoverHistory history) {
            return history.hasGranted();
        }
    }
}
