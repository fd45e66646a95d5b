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

        LocatedMethods found = LocatedMethods.of(model);

        assertThat(found.methods()).hasSize(1_000).allSatisfy(method -> assertThat(method.path())
                .startsWith("/maze/"));
        assertThat(found.open())
                .as("what was left leads to further rooms")
                .anyMatch(path -> !path.matches(".*/(\\d)/(.*/)?\\1"));
    }

    /** It has ten rooms without a door to the outside: more ways than anybody could follow. */
    @Test
    void soHaveWaysThatLeadToNoMethod() {
        ResourceModel model = new ResourceModel.Builder(false)
                .addResource(Resource.from(Cellars.class))
                .build();

        LocatedMethods found = LocatedMethods.of(model);

        assertThat(found.methods()).isEmpty();
        assertThat(found.open()).isNotEmpty();
    }

    @Test
    void belowAnInterfaceItsOwnMethodsAreKnownAndOthersPossible() {
        ResourceModel model = new ResourceModel.Builder(false)
                .addResource(Resource.from(Tenants.class))
                .build();

        LocatedMethods found = LocatedMethods.of(model);

        assertThat(found.methods()).extracting(LocatedMethods.Located::route).containsExactly("POST /{tenant}/orders");
        assertThat(found.open()).containsExactly("/{tenant}");
    }

    public interface Tenant {
        @POST
        @Path("orders")
        String order();
    }

    @Path("/")
    public static final class Tenants {
        @Path("{tenant}")
        public Tenant tenant() {
            return () -> "ordered";
        }
    }

    @Path("/cellars")
    public static class Cellars {
        @Path("a")
        public Class<A> a() {
            return A.class;
        }

        @Path("b")
        public Class<B> b() {
            return B.class;
        }

        @Path("c")
        public Class<C> c() {
            return C.class;
        }

        @Path("d")
        public Class<D> d() {
            return D.class;
        }

        @Path("e")
        public Class<E> e() {
            return E.class;
        }

        @Path("f")
        public Class<F> f() {
            return F.class;
        }

        @Path("g")
        public Class<G> g() {
            return G.class;
        }

        @Path("h")
        public Class<H> h() {
            return H.class;
        }

        @Path("i")
        public Class<I> i() {
            return I.class;
        }

        @Path("j")
        public Class<J> j() {
            return J.class;
        }
    }

    public static final class A extends Cellars {}

    public static final class B extends Cellars {}

    public static final class C extends Cellars {}

    public static final class D extends Cellars {}

    public static final class E extends Cellars {}

    public static final class F extends Cellars {}

    public static final class G extends Cellars {}

    public static final class H extends Cellars {}

    public static final class I extends Cellars {}

    public static final class J extends Cellars {}

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
