package dev.idem.conformance.cases;

import dev.idem.conformance.cases.body.DifferentBodies;
import dev.idem.conformance.cases.body.EqualBodies;
import dev.idem.conformance.cases.body.RequestBodies;
import dev.idem.conformance.suite.Case;
import dev.idem.conformance.suite.Theme;
import java.util.List;

/** All cases. */
public final class Catalogue {
    private Catalogue() {}

    /** In the order in which they are printed. */
    public static List<Theme> themes() {
        return List.of(
                KeyForms.theme(),
                KeyRefusals.theme(),
                ReplayedAnswers.theme(),
                RepeatsThatDiffer.theme(),
                InFlight.theme(),
                Reuse.theme(),
                EqualBodies.theme(),
                DifferentBodies.theme(),
                RequestBodies.theme(),
                Outcomes.theme(),
                Methods.theme(),
                Callers.theme(),
                WithoutKey.theme(),
                ProblemDetails.theme(),
                Expiry.theme(),
                Connections.theme());
    }

    public static List<Case> cases() {
        return themes().stream().flatMap(theme -> theme.cases().stream()).toList();
    }
}
