package dev.idem.conformance.suite;

import dev.idem.conformance.exchange.Server;
import dev.idem.conformance.profile.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Cases that run against a server, some at a time. */
public record Suite(List<Case> cases) {
    public Suite {
        cases = List.copyOf(cases);
    }

    /**
     * Runs them all.
     *
     * @param parallel how many at a time
     * @return a result for each case, in their order
     */
    public List<Result> run(Server server, Profile profile, int parallel) throws InterruptedException {
        CaseRunner runner = new CaseRunner(server, profile);
        ExecutorService threads = Executors.newFixedThreadPool(parallel);
        try {
            List<Future<Result>> running = cases.stream()
                    .map(one -> threads.submit(() -> runner.run(one)))
                    .toList();
            List<Result> results = new ArrayList<>();
            for (Future<Result> one : running) {
                results.add(one.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a case ended without a result", e);
        } finally {
            threads.shutdownNow();
        }
    }
}
