package dev.idem.dropwizard.servlet;

import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.ee10.servlet.ServletMultiPartFormData;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartConfig;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** The parts of a {@code multipart/form-data} body, as servlets see them. */
final class ReceivedParts {
    private ReceivedParts() {}

    /**
     * Those that the server makes of a request's {@code getInputStream}, within the limits of the request's multipart configuration.
     *
     * @throws ServletException if the body is not multipart
     * @throws IllegalStateException if the request has no multipart configuration, or its limits are exceeded
     */
    static ServletMultiPartFormData.Parts of(HttpServletRequest request) throws IOException, ServletException {
        if (!isMultipart(request)) {
            throw new ServletException("the body is not multipart/form-data");
        }
        if (!(request.getAttribute(ServletContextRequest.MULTIPART_CONFIG_ELEMENT)
                instanceof MultipartConfigElement limits)) {
            throw new IllegalStateException("the request has no multipart configuration: set the attribute "
                    + ServletContextRequest.MULTIPART_CONFIG_ELEMENT);
        }
        ServletContextRequest server = ServletContextRequest.getServletContextRequest(request);
        Path files = limits.getLocation().isBlank()
                ? server.getContext().getTempDirectory().toPath()
                : Path.of(limits.getLocation());
        try {
            return new ServletMultiPartFormData.Parts(
                    files,
                    MultiPartFormData.getParts(
                            Content.Source.from(request.getInputStream()),
                            server,
                            request.getContentType(),
                            config(server, files, limits)));
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new ServletException(e.getCause());
        }
    }

    /** As the server would have it. */
    private static MultiPartConfig config(ServletContextRequest server, Path files, MultipartConfigElement limits) {
        return Request.getMultiPartConfig(server, files)
                .location(files)
                .maxParts(server.getServletContext().getServletContextHandler().getMaxFormKeys())
                .maxMemoryPartSize(limits.getFileSizeThreshold())
                .maxPartSize(limits.getMaxFileSize())
                .maxSize(limits.getMaxRequestSize())
                .build();
    }

    private static boolean isMultipart(HttpServletRequest request) {
        return String.valueOf(request.getContentType()).startsWith("multipart/form-data");
    }

    /** Whether the request is configured to have parts, and has some. */
    static boolean arePossible(HttpServletRequest request) {
        return request.getAttribute(ServletContextRequest.MULTIPART_CONFIG_ELEMENT) != null && isMultipart(request);
    }

    /** The body, written anew, if a servlet filter has had the server take it apart: its bytes are gone. */
    static Optional<InputStream> written(ContainerRequestContext request) {
        Object parsed = request.getProperty(ServletMultiPartFormData.class.getName());
        return parsed instanceof CompletableFuture<?> later
                        && !later.isCompletedExceptionally()
                        && later.getNow(null) instanceof ServletMultiPartFormData.Parts parts
                ? Optional.of(written(parts, boundary(request)))
                : Optional.empty();
    }

    private static String boundary(ContainerRequestContext request) {
        @Nullable String boundary = MultiPart.extractBoundary(request.getHeaderString("Content-Type"));
        return "--" + boundary;
    }

    private static InputStream written(ServletMultiPartFormData.Parts parts, String boundary) {
        List<InputStream> body = new ArrayList<>();
        for (Part part : parts.getParts()) {
            body.add(text(boundary + "\r\n" + head(part) + "\r\n"));
            body.add(content(part));
            body.add(text("\r\n"));
        }
        body.add(text(boundary + "--\r\n"));
        return new SequenceInputStream(Collections.enumeration(body));
    }

    private static String head(Part part) {
        return part.getHeaderNames().stream()
                .flatMap(name -> part.getHeaders(name).stream().map(value -> name + ": " + value + "\r\n"))
                .collect(Collectors.joining());
    }

    private static InputStream content(Part part) {
        try {
            return part.getInputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream text(String line) {
        return new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8));
    }
}
