package dev.idem.dropwizard.route;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.glassfish.jersey.server.model.Resource;
import org.glassfish.jersey.server.model.ResourceModel;
import org.junit.jupiter.api.Test;

/** Locators that lead to each other have more ways through them than a start has time for. */
final class LocatedMethodsTest {
    /** Each order of the six rooms is a path. */
    @Test
    void waysThroughAMazeHaveABound() {
        ResourceModel model = new ResourceModel.Builder(false)
                .addResource(Resource.from(Maze.class))
                .build();

        assertThat(LocatedMethods.of(model).toList()).hasSize(1_000).allSatisfy(found -> assertThat(found.path())
                .startsWith("/maze/"));
    }

    @Path("/maze")
    public static class Maze {
        @POST
        public String look() {
            return "a wall";
        }

        @Path("1")
        public First first() {
            return new First();
        }

        @Path("2")
        public Second second() {
            return new Second();
        }

        @Path("3")
        public Third third() {
            return new Third();
        }

        @Path("4")
        public Fourth fourth() {
            return new Fourth();
        }

        @Path("5")
        public Fifth fifth() {
            return new Fifth();
        }

        @Path("6")
        public Sixth sixth() {
            return new Sixth();
        }
    }

    public static final class First extends Maze {}

    public static final class Second extends Maze {}

    public static final class Third extends Maze {}

    public static final class Fourth extends Maze {}

    public static final class Fifth extends Maze {}

    public static final class Sixth extends Maze {}
}
