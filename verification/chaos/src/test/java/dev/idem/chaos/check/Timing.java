package dev.idem.chaos.check;

import dev.idem.chaos.history.Exchange;
import dev.idem.chaos.history.Fault;
import java.time.Duration;
import java.util.List;

/** Tells how long a node took from how long it could not do anything. */
record Timing(List<Fault> faults) {

    /** A virtual machine that has just started compiles while it serves, and others want the processor too. */
    private static final Duration COLD = Duration.ofSeconds(10);

    /** How long the request took, without the time in which its node was stopped, starting, or cold. */
    Duration ofNode(Exchange exchange) {
        Duration stopped = faults.stream()
                .filter(fault -> fault.hits(exchange.node()))
                .map(Timing::stopped)
                .map(fault -> fault.within(exchange.begin(), exchange.end()))
                .reduce(Duration.ZERO, Duration::plus);
        return exchange.took().minus(stopped);
    }

    private static Fault stopped(Fault fault) {
        Duration end =
                switch (fault.kind()) {
                    case NODE_PAUSE -> fault.end();
                    case NODE_KILL -> fault.end().plus(COLD);
                    default -> fault.begin();
                };
        return new Fault(fault.kind(), fault.node(), fault.begin(), end);
    }
}
