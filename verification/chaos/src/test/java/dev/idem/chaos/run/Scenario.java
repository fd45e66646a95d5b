package dev.idem.chaos.run;

import dev.idem.chaos.history.Fault;
import dev.idem.chaos.history.FaultKind;
import dev.idem.chaos.history.Workload;
import java.time.Duration;

/** A short play in which one guarantee is at stake. */
public enum Scenario {
    /** A request runs for longer than the lock timeout, and is repeated meanwhile. */
    SLOW_OWNER {
        @Override
        void perform(Play play, Workload workload) throws Exception {
            Item item = Item.slow(workload, Duration.ofMillis(2_500));
            var owner = play.send(item, 0);
            play.rest(Duration.ofMillis(500));
            play.ask(item, 1);
            owner.get();
        }
    },

    /** An owner is stopped for longer than the lock timeout, and continues after its successor has answered. */
    LATE_OWNER {
        @Override
        void perform(Play play, Workload workload) throws Exception {
            Item item = Item.slow(workload, Duration.ofSeconds(1));
            var owner = play.send(item, 0);
            play.rest(Duration.ofMillis(700));
            play.during(FaultKind.NODE_PAUSE, 0, () -> play.ask(item, 1));
            owner.get();
        }
    },

    /** Redis dies, with all it had, some time after it was told. */
    REDIS_KILLED {
        @Override
        void perform(Play play, Workload workload) throws Exception {
            Item item = play.item(workload);
            play.ask(item, 0);
            play.rest(LONGER_THAN_THE_WINDOW);
            play.during(FaultKind.REDIS_KILL, Fault.ALL, () -> play.ask(item, 1));
        }
    },

    /** Redis is emptied, and asked before anybody has looked after it. */
    REDIS_FLUSHED {
        @Override
        void perform(Play play, Workload workload) throws Exception {
            Item item = play.item(workload);
            play.ask(item, 0);
            play.rest(LONGER_THAN_THE_WINDOW);
            play.during(FaultKind.REDIS_FLUSH, Fault.ALL, () -> play.ask(item, 1));
        }
    };

    private static final Duration LONGER_THAN_THE_WINDOW = Duration.ofMillis(2_500);

    abstract void perform(Play play, Workload workload) throws Exception;
}
