package dev.idem.service.admin.request;

import dev.idem.dropwizard.problem.ProblemException;
import dev.idem.http.problem.Problem;
import dev.idem.http.problem.ProblemType;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Refuses a request with an unknown or repeated query parameter. Otherwise a misspelt filter would show too much, and a misspelt
 * {@code dryRun} would change too much. For all resources below {@value #PATH}.
 */
public final class KnownParameters implements DynamicFeature {
    /** The path of the operators' API. */
    public static final String PATH = "/api/v1/admin/idempotency";

    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        Path path = resource.getResourceClass().getAnnotation(Path.class);
        if (path != null && path.value().startsWith(PATH)) {
            context.register(new Check(parametersOf(resource.getResourceMethod())));
        }
    }

    private static SortedSet<String> parametersOf(Method method) {
        return Arrays.stream(method.getParameters())
                .flatMap(parameter -> Stream.ofNullable(parameter.getAnnotation(QueryParam.class)))
                .map(QueryParam::value)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Runs after authorisation, so that strangers learn nothing. */
    @Priority(Priorities.USER)
    private record Check(SortedSet<String> known) implements ContainerRequestFilter {
        @Override
        public void filter(ContainerRequestContext request) {
            request.getUriInfo().getQueryParameters().forEach(this::check);
        }

        private void check(String name, List<String> values) {
            if (!known.contains(name)) {
                throw refused("There is a parameter that is not known here; "
                        + (known.isEmpty() ? "there are none." : "those that are: " + String.join(", ", known) + '.'));
            }
            if (values.size() > 1) {
                throw refused("The parameter " + name + " is given more than once.");
            }
        }

        private static ProblemException refused(String detail) {
            return new ProblemException(Problem.of(ProblemType.INVALID_REQUEST, detail, null), Map.of());
        }
    }
}
