package dev.idem.service.adminport;

import dev.idem.http.problem.Problem;
import dev.idem.http.problem.ProblemType;
import dev.idem.service.config.AdminConfiguration;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Accepts only requests that were meant for this port. A browser on the operator's machine reaches loopback, so any web
 * page could post to a task or, under a name that resolves to this machine, read responses.
 */
final class HostAndOriginFilter extends AdminPortFilter {
    private static final long serialVersionUID = 1;

    /** As written in a URI (RFC 3986, section 3.2.2); the point is that no name looks like this. */
    private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[?[0-9a-f.]*:[0-9a-f:.]*]?");

    private final transient AdminConfiguration settings;
    private final String namesBelow;

    /** @param namesBelow the beginning of the paths that contain names, and so any character */
    HostAndOriginFilter(AdminConfiguration settings, String namesBelow) {
        this.settings = settings;
        this.namesBelow = namesBelow;
    }

    /** A browser may load nothing by default; the console has a policy of its own. */
    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        super.doFilter(request, response, chain);
    }

    @Override
    Optional<Problem> refusal(HttpServletRequest request) {
        if (!isKnown(request.getServerName()) || !isKnown(hostOf(request))) {
            return refusal(
                    ProblemType.MISDIRECTED_REQUEST,
                    "The admin port does not accept this host name. Use its address, or add the name to admin.hosts"
                            + " (ADMIN_HOSTS).");
        }
        if (isOfAnotherSite(request)) {
            return refusal(ProblemType.FORBIDDEN, "The admin port refuses requests from pages of other sites.");
        }
        if (request.getHeader("Service-Worker") != null) {
            return refusal(ProblemType.FORBIDDEN, "The admin port allows no service workers.");
        }
        if (isAmbiguous(ServletContextRequest.getServletContextRequest(request).getHttpURI())) {
            return refusal(
                    ProblemType.INVALID_REQUEST,
                    "The path is ambiguous, because it changes when it is decoded. Send it decoded.");
        }
        return Optional.empty();
    }

    /**
     * The host that the browser has asked for, before any customizer has replaced it. A page can write anything into
     * other headers.
     */
    private static String hostOf(HttpServletRequest request) {
        return Request.getServerName(Request.unWrap(ServletContextRequest.getServletContextRequest(request)));
    }

    private boolean isKnown(String asked) {
        String name = asked.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || ADDRESS.matcher(name).matches()
                || settings.knownHosts().contains(name);
    }

    /** Headers that browsers set themselves and that no page can change (Fetch standard and Fetch Metadata). */
    private static boolean isOfAnotherSite(HttpServletRequest request) {
        @Nullable String origin = request.getHeader("Origin");
        String own = request.getScheme() + "://" + request.getHeader("Host");
        @Nullable String site = request.getHeader("Sec-Fetch-Site");
        // Another port of this host is the same site, but another origin: it may link to this port, and nothing
        // else.
        boolean isLink =
                "navigate".equalsIgnoreCase(request.getHeader("Sec-Fetch-Mode")) && "GET".equals(request.getMethod());
        boolean isEmbedded = "same-site".equalsIgnoreCase(site) && !isLink;
        return (origin != null && !origin.equalsIgnoreCase(own)) || "cross-site".equalsIgnoreCase(site) || isEmbedded;
    }

    /** The connector accepts any path, because of paths with names, which decode these themselves. */
    private boolean isAmbiguous(HttpURI uri) {
        return uri.hasViolations()
                && !String.valueOf(uri.getPath()).startsWith(namesBelow)
                && uri.getViolations().stream().anyMatch(violation -> !UriCompliance.DEFAULT.allows(violation));
    }
}
