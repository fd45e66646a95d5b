package dev.idem.dropwizard.route;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.dropwizard.Idempotent;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.util.stream.Stream;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ResourceConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An annotation that protects nothing is found when the application starts. */
final class MisplacedAnnotationsTest {
    private static void start(Class<?> resource) {
        new ApplicationHandler(new ResourceConfig(resource, MisplacedAnnotations.class));
    }

    @ParameterizedTest
    @MethodSource("misplaced")
    void anAnnotationThatProtectsNothingStopsTheStart(Class<?> resource, String place, String why) {
        assertThatThrownBy(() -> start(resource))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("@Idempotent on ")
                .hasMessageContaining(place)
                .hasMessageContaining(why);
    }

    static Stream<Arguments> misplaced() {
        String reads = "it is for POST, PUT, PATCH and DELETE";
        String unreached = "no request reaches this method of ";
        return Stream.of(
                Arguments.of(OnGet.class, "OnGet.read()", reads),
                Arguments.of(OnHead.class, "OnHead.look()", reads),
                Arguments.of(FromReadingContract.class, "ReadingContract.read()", reads),
                Arguments.of(WithoutVerb.class, "WithoutVerb.create()", unreached),
                Arguments.of(NotPublic.class, "NotPublic.create()", unreached),
                Arguments.of(PrivateHelper.class, "PrivateHelper.store()", unreached),
                Arguments.of(InABase.class, "Base.helper()", unreached + InABase.class.getName()),
                Arguments.of(WithoutPath.class, "WithoutPath.create()", unreached),
                Arguments.of(OnFilter.class, "OnFilter.filter(", unreached),
                Arguments.of(ReadsOnly.class, "ReadsOnly", "has no method with @POST"));
    }

    @ParameterizedTest
    @ValueSource(classes = {BesideGet.class, Generic.class, Locator.class, InheritsMarked.class, FromContract.class})
    void othersAreInTheirPlace(Class<?> resource) {
        assertThatCode(() -> start(resource)).doesNotThrowAnyException();
    }

    @Test
    void aRegisteredInstanceIsLookedAtToo() {
        ResourceConfig instances = new ResourceConfig(MisplacedAnnotations.class).registerInstances(new OnGet());

        assertThatThrownBy(() -> new ApplicationHandler(instances)).hasMessageContaining("OnGet.read()");
    }

    @Path("/a")
    public static final class OnGet {
        @GET
        @Idempotent
        public String read() {
            return "";
        }

        @POST
        @Idempotent
        public void create() {}
    }

    @Path("/a")
    public static final class OnHead {
        @HEAD
        @Idempotent
        public void look() {}
    }

    public interface ReadingContract {
        @GET
        @Idempotent
        String read();
    }

    @Path("/a")
    public static final class FromReadingContract implements ReadingContract {
        @Override
        public String read() {
            return "";
        }
    }

    @Path("/a")
    public static final class WithoutVerb {
        @Idempotent
        public void create() {}

        @GET
        public String read() {
            return "";
        }
    }

    @Path("/a")
    public static final class NotPublic {
        @POST
        @Idempotent
        void create() {}

        @GET
        public String read() {
            return "";
        }
    }

    @Path("/a")
    public static final class PrivateHelper {
        @POST
        public void create() {
            store();
        }

        @Idempotent
        private void store() {}
    }

    public static class Base {
        @Idempotent
        protected void helper() {}
    }

    @Path("/a")
    public static final class InABase extends Base {
        @POST
        public void create() {
            helper();
        }
    }

    public static final class WithoutPath {
        @POST
        @Idempotent
        public void create() {}
    }

    @Path("/a")
    public static final class OnFilter implements ContainerRequestFilter {
        @Override
        @Idempotent
        public void filter(ContainerRequestContext request) {}

        @GET
        public String read() {
            return "";
        }
    }

    @Path("/a")
    @Idempotent
    public static final class ReadsOnly {
        @GET
        public String read() {
            return "";
        }
    }

    @Path("/a")
    @Idempotent
    public static final class BesideGet {
        @GET
        public String read() {
            return "";
        }

        @PUT
        public void replace() {}
    }

    public abstract static class GenericBase<T> {
        @POST
        @Idempotent
        public abstract T create(T given);
    }

    @Path("/a")
    public static final class Generic extends GenericBase<String> {
        @Override
        public String create(String given) {
            return given;
        }
    }

    @Path("/a")
    @Idempotent
    public static final class Locator {
        @Path("/b")
        public BesideGet locate() {
            return new BesideGet();
        }
    }

    @Idempotent
    public abstract static class Marked {}

    @Path("/a")
    public static final class InheritsMarked extends Marked {
        @GET
        public String read() {
            return "";
        }
    }

    public interface Contract {
        @POST
        @Idempotent
        void create();
    }

    @Path("/a")
    public static final class FromContract implements Contract {
        @Override
        public void create() {}
    }
}
