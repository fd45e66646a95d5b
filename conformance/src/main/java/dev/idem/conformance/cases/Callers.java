package dev.idem.conformance.cases;

import static dev.idem.conformance.suite.Need.CREDENTIALS;
import static dev.idem.conformance.suite.Need.OTHER_BODY;
import static dev.idem.conformance.suite.Need.PROBE;
import static dev.idem.conformance.suite.Need.SECOND_USER;

import dev.idem.conformance.http.Answer;
import dev.idem.conformance.http.Request;
import dev.idem.conformance.suite.Case;
import dev.idem.conformance.suite.Source;
import dev.idem.conformance.suite.Theme;

/** Whose key it is. */
final class Callers {
    private Callers() {}

    static Theme theme() {
        return Theme.of(
                "Callers",
                Case.of("caller-other", "Another user's same key and request is unrelated")
                        .own()
                        .says(Source.ADYEN, "keys belong to the company's account; two of its users share them")
                        .says(Source.DRAFT, "5: keys should be looked up together with what identifies their client")
                        .needs(SECOND_USER)
                        .expect("both execute")
                        .play(trial -> {
                            Answer first = trial.send(trial.post());
                            Answer other = trial.send(trial.ofOther(trial.post()));
                            trial.areTwo(first, other);
                            trial.hasExecuted(2);
                        }),
                Case.of("caller-each-their-own", "Each user's repeats get their own first answer")
                        .own()
                        .needs(SECOND_USER)
                        .expect("two executions, each replayed to its user")
                        .play(trial -> {
                            Answer ofOne = trial.send(trial.post());
                            Answer ofOther = trial.send(trial.ofOther(trial.post()));
                            trial.isReplay(ofOne, trial.send(trial.post()));
                            trial.isReplay(ofOther, trial.send(trial.ofOther(trial.post())));
                            trial.hasExecuted(2);
                        }),
                Case.of("caller-other-body", "Another user may use the same key for another body")
                        .own()
                        .needs(SECOND_USER, OTHER_BODY)
                        .expect("both execute: nothing tells one user of the other's key")
                        .play(trial -> trial.areTwo(
                                trial.send(trial.post()), trial.send(trial.ofOther(trial.otherBody(trial.post()))))),
                Case.of("caller-nobody", "Without credentials a key gets 401, never somebody's answer")
                        .from(Source.RFC_9110, "15.5.2")
                        .needs(CREDENTIALS)
                        .expect("401, before and after the user's own request; one execution")
                        .play(trial -> {
                            trial.hasStatus(401, trial.send(trial.ofNobody(trial.post())));
                            Answer first = trial.send(trial.post());
                            Answer refusal = trial.send(trial.ofNobody(trial.post()));
                            trial.hasStatus(401, refusal);
                            trial.that(
                                    !refusal.text().equals(first.text()),
                                    "another body than the user's",
                                    refusal.text());
                            trial.isReplay(first, trial.send(trial.post()));
                            trial.hasExecuted(1);
                        }),
                Case.of("caller-nobody-in-flight", "Without credentials nobody learns that a key is in use")
                        .own()
                        .needs(PROBE, CREDENTIALS)
                        .expect("401 while the first runs")
                        .play(trial -> {
                            Request request = trial.probe(trial.hold("a"));
                            var first = InFlight.running(trial, request);
                            trial.hasStatus(401, trial.send(trial.ofNobody(request)));
                            trial.release("a");
                            trial.isExecution(trial.answerOf(first));
                        }));
    }
}
