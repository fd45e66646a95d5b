package dev.idem.dropwizard.lifetime;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.PrintWriter;
import java.io.Writer;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A servlet response that has been sent: it takes everything, and nobody gets it. One does for all requests. Thread-safe. */
final class EndedResponse implements InvocationHandler {
    private EndedResponse() {}

    static HttpServletResponse create() {
        return (HttpServletResponse) Proxy.newProxyInstance(
                EndedResponse.class.getClassLoader(), new Class<?>[] {HttpServletResponse.class}, new EndedResponse());
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method asked, @Nullable Object @Nullable [] arguments) {
        @Nullable Object first = arguments == null ? null : arguments[0];
        return switch (asked.getName()) {
            case "isCommitted" -> true;
            case "containsHeader" -> false;
            case "getStatus" -> HttpServletResponse.SC_OK;
            case "getBufferSize" -> 0;
            case "getHeaders", "getHeaderNames" -> List.of();
            case "getCharacterEncoding" -> StandardCharsets.ISO_8859_1.name();
            case "getLocale" -> Locale.ROOT;
            case "encodeURL", "encodeRedirectURL" -> first;
            case "getOutputStream" -> new Nowhere();
            case "getWriter" -> new PrintWriter(Writer.nullWriter());
            case "hashCode" -> System.identityHashCode(proxy);
            case "equals" -> proxy == first;
            case "toString" -> "a response that has been sent";
            default -> null;
        };
    }

    private static final class Nowhere extends ServletOutputStream {
        @Override
        public void write(int octet) {
            // nobody gets it
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            // nobody gets it
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new IllegalStateException("the response has been sent");
        }
    }
}
