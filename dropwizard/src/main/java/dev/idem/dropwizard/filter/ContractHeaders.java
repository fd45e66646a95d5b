package dev.idem.dropwizard.filter;

import dev.idem.http.decision.ResponseContract;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What every answer of a protected route says about repeats: where they are described ({@code Link} with the relation {@code
 * describedby}, RFC 8288), and to scripts of other origins, which headers they may read (Fetch standard, section 3.3.3).
 */
@Priority(Integer.MIN_VALUE + 2) // before the answer is stored, after all others
final class ContractHeaders implements ContainerResponseFilter {
    private final ResponseContract contract;
    private final BooleanSupplier spoken;

    /** @param spoken whether there is anything to say: not while the layer is off or in shadow */
    ContractHeaders(ResponseContract contract, BooleanSupplier spoken) {
        this.contract = contract;
        this.spoken = spoken;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (!spoken.getAsBoolean()) {
            return;
        }
        contract.link().ifPresent(value -> addOnce(response, value));
        if (request.getHeaderString("Origin") != null) {
            response.getHeaders().add(ResponseContract.EXPOSE, contract.exposed());
        }
    }

    /** A replay brings the link of the first answer. */
    private static void addOnce(ContainerResponseContext response, String value) {
        @Nullable List<Object> links = response.getHeaders().get(HttpHeaders.LINK);
        if (links == null || !links.contains(value)) {
            response.getHeaders().add(HttpHeaders.LINK, value);
        }
    }
}
