package dev.idem.dropwizard.lifetime;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletConnection;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A servlet request as it was: its head and its attributes. It has no body and no session any more. Its user has the roles that
 * somebody had asked for. Its parameters are known unless a form in its body has some. Thread-safe.
 */
final class EndedRequest implements InvocationHandler {
    private static final Set<Class<?>> SHOWN = Set.of(
            String.class,
            Locale.class,
            Principal.class,
            StringBuffer.class,
            Cookie[].class,
            DispatcherType.class,
            ServletContext.class,
            ServletConnection.class,
            HttpServletMapping.class);

    /** What asks a request for its parts, without arguments and without reading its body. */
    private static final List<Method> GETTERS = Arrays.stream(HttpServletRequest.class.getMethods())
            .filter(method ->
                    method.getParameterCount() == 0 && method.getName().matches("(get|is).*"))
            .filter(method -> method.getReturnType().isPrimitive() || SHOWN.contains(method.getReturnType()))
            .toList();

    private final Map<String, @Nullable Object> parts = new HashMap<>();
    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, Object> attributes = new HashMap<>();
    private final Map<String, String[]> parameters;
    private final List<Locale> locales;
    private final Map<String, Boolean> roles;
    private final Lifetime lifetime;

    private EndedRequest(HttpServletRequest request, Map<String, Boolean> roles, Lifetime lifetime) {
        this.roles = roles;
        this.lifetime = lifetime;
        GETTERS.forEach(getter -> note(request, getter));
        Collections.list(request.getHeaderNames())
                .forEach(name -> headers.put(name, Collections.list(request.getHeaders(name))));
        Collections.list(request.getAttributeNames()).forEach(name -> {
            @Nullable Object value = request.getAttribute(name);
            if (value != null) {
                attributes.put(name, value);
            }
        });
        parameters = parametersOf(request);
        locales = Collections.list(request.getLocales());
    }

    /** Asked for those of a form, the server would read the body. */
    private static Map<String, String[]> parametersOf(HttpServletRequest request) {
        String type = Objects.requireNonNullElse(request.getContentType(), "");
        try {
            return type.matches("(?i)(application/x-www-form-urlencoded|multipart/).*")
                    ? Map.of()
                    : Map.copyOf(request.getParameterMap());
        } catch (RuntimeException unreadable) {
            return Map.of(); // a query that is no text
        }
    }

    /**
     * @param request while the server serves it
     * @param roles whether its user has them; more may become known
     */
    static HttpServletRequest of(HttpServletRequest request, Map<String, Boolean> roles, Lifetime lifetime) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                EndedRequest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                new EndedRequest(request, roles, lifetime));
    }

    private void note(HttpServletRequest request, Method getter) {
        try {
            parts.put(getter.getName(), getter.invoke(request));
        } catch (InvocationTargetException | IllegalAccessException unknown) {
            // as cookies that cannot be read: its reader is told that the request has ended
        }
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method asked, @Nullable Object @Nullable [] arguments)
            throws IOException {
        String name = asked.getName();
        if (arguments == null && parts.containsKey(name)) {
            return parts.get(name);
        }
        @Nullable Object first = arguments == null ? null : arguments[0];
        return switch (name) {
            case "getHeader" -> headers(first).stream().findFirst().orElse(null);
            case "getHeaders" -> Collections.enumeration(headers(first));
            case "getHeaderNames" -> Collections.enumeration(headers.keySet());
            case "getAttribute" -> attributes.get(String.valueOf(first));
            case "getAttributeNames" -> Collections.enumeration(attributes.keySet());
            case "getParameter" -> firstOf(parameters.get(String.valueOf(first)));
            case "getParameterValues" -> parameters.get(String.valueOf(first));
            case "getParameterMap" -> parameters;
            case "getParameterNames" -> Collections.enumeration(parameters.keySet());
            case "getLocales" -> Collections.enumeration(locales);
            case "setAttribute", "removeAttribute" -> null;
            case "isUserInRole" -> inRole(String.valueOf(first));
            case "getSession" -> noSession(first);
            case "getInputStream", "getReader" -> throw new IOException("the request has ended");
            case "hashCode" -> System.identityHashCode(proxy);
            case "equals" -> proxy == first;
            case "toString" -> "a request that has ended";
            default -> throw unknown(name);
        };
    }

    private List<String> headers(@Nullable Object name) {
        return headers.getOrDefault(String.valueOf(name), List.of());
    }

    private static @Nullable String firstOf(String @Nullable [] values) {
        return values == null ? null : values[0];
    }

    /** No would be a guess. */
    private boolean inRole(String role) {
        Boolean known = roles.get(role);
        if (known == null) {
            throw unknown("isUserInRole(\"" + role + "\")");
        }
        return known;
    }

    private @Nullable Object noSession(@Nullable Object create) {
        if (Boolean.FALSE.equals(create)) {
            return null;
        }
        throw unknown("getSession");
    }

    private IllegalStateException unknown(String asked) {
        lifetime.miss();
        return new IllegalStateException(asked + ": the request has ended");
    }
}
