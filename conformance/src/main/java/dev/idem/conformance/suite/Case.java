package dev.idem.conformance.suite;

import dev.idem.conformance.exchange.Trial;
import dev.idem.conformance.profile.Profile;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One thing that a server does with repeated requests, and how to find out whether it does. Immutable. */
public final class Case {
    private final String id;
    private final String title;
    private final Reference reference;
    private final Set<Need> needs;
    private final List<Position> positions;
    private final Function<Profile, String> expectation;
    private final Predicate<Profile> excluded;
    private final String reason;
    private final Script script;

    private Case(Draft draft, Script script) {
        this.id = draft.id;
        this.title = draft.title;
        this.reference = Objects.requireNonNull(draft.reference, draft.id);
        this.needs = Set.copyOf(draft.needs);
        this.positions = List.copyOf(draft.positions);
        this.expectation = Objects.requireNonNull(draft.expectation, draft.id);
        this.excluded = draft.excluded;
        this.reason = draft.reason;
        this.script = script;
    }

    /**
     * Begins a case.
     *
     * @param id stable, in lower case with hyphens
     * @param title a sentence without a full stop
     */
    public static Draft of(String id, String title) {
        return new Draft(id, title);
    }

    public String id() {
        return id;
    }

    public String title() {
        return title;
    }

    public Reference reference() {
        return reference;
    }

    public Set<Need> needs() {
        return needs;
    }

    /** What each source says, where they disagree. */
    public List<Position> positions() {
        return positions;
    }

    public String expectation(Profile profile) {
        return expectation.apply(profile);
    }

    /** Why it is not run for a profile; empty if it is. */
    public Optional<String> exclusion(Profile profile) {
        return excluded.test(profile) ? Optional.of(reason) : Optional.empty();
    }

    void play(Trial trial) throws Exception {
        script.play(trial);
    }

    @Override
    public String toString() {
        return id;
    }

    /** A case of which not everything has been said. Mutable: each method gives the same draft. */
    public static final class Draft {
        private final String id;
        private final String title;
        private final Set<Need> needs = EnumSet.noneOf(Need.class);
        private final List<Position> positions = new ArrayList<>();
        private @Nullable Reference reference;
        private @Nullable Function<Profile, String> expectation;
        private Predicate<Profile> excluded = profile -> false;
        private String reason = "";

        private Draft(String id, String title) {
            this.id = id;
            this.title = title;
        }

        public Draft from(Source source, String section) {
            reference = new Reference(source, section);
            return this;
        }

        public Draft own() {
            return from(Source.OWN, "");
        }

        public Draft needs(Need... all) {
            needs.addAll(List.of(all));
            return this;
        }

        public Draft says(Source source, String what) {
            positions.add(new Position(source, what));
            return this;
        }

        public Draft expect(String always) {
            return expect(profile -> always);
        }

        public Draft expect(Function<Profile, String> ofProfile) {
            expectation = ofProfile;
            return this;
        }

        /** Leaves out the profiles for which the condition holds. */
        public Draft unless(Predicate<Profile> condition, String why) {
            excluded = condition;
            reason = why;
            return this;
        }

        /** For our own profile alone. */
        public Draft oursAlone() {
            return unless(profile -> profile != Profile.OURS, "the profile's source does not state it");
        }

        public Case play(Script script) {
            return new Case(this, script);
        }
    }
}
