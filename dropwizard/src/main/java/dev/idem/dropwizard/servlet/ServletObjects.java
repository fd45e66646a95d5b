package dev.idem.dropwizard.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.glassfish.jersey.internal.inject.InjectionManager;
import org.glassfish.jersey.internal.util.collection.Ref;
import org.jspecify.annotations.Nullable;

/** What Jersey injects for the servlet request and response of one request. */
public record ServletObjects(
        @Nullable HttpServletRequest request, @Nullable HttpServletResponse response) {

    /** Those of the present request. They are not there in a test without a server. */
    public static ServletObjects present(InjectionManager injections) {
        @Nullable Ref<HttpServletRequest> request = injections.getInstance(ServletLayer.REQUEST);
        @Nullable Ref<HttpServletResponse> response = injections.getInstance(ServletLayer.RESPONSE);
        return new ServletObjects(request == null ? null : request.get(), response == null ? null : response.get());
    }

    /** The same for what runs in another scope of the same request. */
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
