package dev.idem.dropwizard.servlet;

import dev.idem.dropwizard.lifetime.Lifetime;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.glassfish.jersey.internal.inject.InjectionManager;
import org.glassfish.jersey.internal.util.collection.Ref;
import org.jspecify.annotations.Nullable;

/** What Jersey injects for the servlet request and response of a request that has been answered. Nothing of it reaches the server. */
public record ServletObjects(
        @Nullable HttpServletRequest request, @Nullable HttpServletResponse response) {

    /** They are not there in a test without a server. */
    public static ServletObjects after(Optional<Lifetime> answered) {
        return new ServletObjects(
                answered.flatMap(Lifetime::afterwards).orElse(null),
                answered.map(Lifetime::unheard).orElse(null));
    }

    /** Makes them those of the present scope, which nobody has asked for them yet. */
    public void enter(InjectionManager injections) {
        if (request != null && response != null) {
            injections
                    .<Ref<HttpServletRequest>>getInstance(ServletLayer.REQUEST)
                    .set(request);
            injections
                    .<Ref<HttpServletResponse>>getInstance(ServletLayer.RESPONSE)
                    .set(response);
        }
    }
}
