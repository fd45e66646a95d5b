package dev.idem.conformance.suite;

import java.util.List;

/** Cases that belong together. */
public record Theme(String title, List<Case> cases) {
    public Theme {
        cases = List.copyOf(cases);
    }

    public static Theme of(String title, Case... cases) {
        return new Theme(title, List.of(cases));
    }
}
