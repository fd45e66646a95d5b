package dev.idem.dropwizard.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.dropwizard.Idempotent;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProtectedMethodsTest {

    @ParameterizedTest
    @ValueSource(
            classes = {OnMethod.class, OnClass.class, FromInterfaceMethod.class, FromInterface.class, FromBase.class})
    void aMethodIsProtectedWhereverItsAnnotationsStand(Class<?> resource) throws Exception {
        assertThat(ProtectedMethods.isProtected(resource.getMethod("create"), resource))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(classes = {Unmarked.class, Reading.class})
    void othersAreNot(Class<?> resource) throws Exception {
        assertThat(ProtectedMethods.isProtected(resource.getMethod("create"), resource))
                .isFalse();
    }

    @Test
    void aRouteIsNamedByAnInheritedPath() {
        assertThat(AnnotationLookup.ofClass(FromBase.class, Path.class).map(Path::value))
                .contains("/base");
    }

    public static class OnMethod {
        @POST
        @Idempotent
        public void create() {}
    }

    @Idempotent
    public static class OnClass {
        @POST
        public void create() {}
    }

    public interface Contract {
        @POST
        @Idempotent
        void create();
    }

    public static class FromInterfaceMethod implements Contract {
        @Override
        public void create() {}
    }

    @Idempotent
    public interface MarkedContract {
        @POST
        void create();
    }

    public static class FromInterface implements MarkedContract {
        @Override
        public void create() {}
    }

    @Path("/base")
    @Idempotent
    public static class Base {
        @POST
        public void create() {}
    }

    public static class FromBase extends Base {
        @Override
        public void create() {}
    }

    public static class Unmarked {
        @POST
        public void create() {}
    }

    @Idempotent
    public static class Reading {
        @GET
        public void create() {}
    }
}
