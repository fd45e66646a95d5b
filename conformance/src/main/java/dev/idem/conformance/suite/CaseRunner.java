package dev.idem.conformance.suite;

import dev.idem.conformance.exchange.Mismatch;
import dev.idem.conformance.exchange.NotApplicable;
import dev.idem.conformance.exchange.Server;
import dev.idem.conformance.exchange.Transcript;
import dev.idem.conformance.exchange.Trial;
import dev.idem.conformance.profile.Profile;
import java.util.Optional;
import java.util.stream.Collectors;

/** Runs cases against one server under one profile. Thread-safe: cases never share a key, a body or a run. */
public final class CaseRunner {
    private final Server server;
    private final Profile profile;

    public CaseRunner(Server server, Profile profile) {
        this.server = server;
        this.profile = profile;
    }

    /** Never throws: what goes wrong is the result. */
    public Result run(Case one) {
        Optional<String> obstacle = one.exclusion(profile).or(() -> missing(one));
        return obstacle.isPresent() ? new Result.Skipped(one, obstacle.get()) : play(one);
    }

    private Optional<String> missing(Case one) {
        String needs = one.needs().stream()
                .filter(need -> !need.isMetBy(server))
                .map(Need::meaning)
                .sorted()
                .collect(Collectors.joining("; "));
        return needs.isEmpty() ? Optional.empty() : Optional.of("needs " + needs);
    }

    private Result play(Case one) {
        Transcript transcript = new Transcript();
        try (Trial trial = new Trial(one.id(), server, profile, transcript)) {
            one.play(trial);
            return new Result.Passed(one);
        } catch (NotApplicable reason) {
            return new Result.Skipped(one, String.valueOf(reason.getMessage()));
        } catch (Mismatch mismatch) {
            return new Result.Failed(one, mismatch.expected(), mismatch.got(), transcript.lines());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Result.Skipped(one, "interrupted");
        } catch (Exception e) {
            return new Result.Failed(one, one.expectation(profile), "no answer: " + e, transcript.lines());
        }
    }
}
