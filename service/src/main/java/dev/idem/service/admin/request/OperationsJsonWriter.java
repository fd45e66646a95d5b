package dev.idem.service.admin.request;

import com.fasterxml.jackson.databind.ObjectWriter;
import dev.idem.core.operations.text.OperationsJson;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/** Writes the results of operations, and the admin API's own, as the command line does. Thread-safe. */
@Provider
@Produces(MediaType.APPLICATION_JSON)
public final class OperationsJsonWriter implements MessageBodyWriter<Record> {
    private static final String OPERATIONS = "dev.idem.core.operations";
    private static final String ADMIN_API = "dev.idem.service.admin";

    private final ObjectWriter json = OperationsJson.mapper().writer();

    @Override
    public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
        String name = type.getPackageName();
        return Record.class.isAssignableFrom(type) && (name.startsWith(OPERATIONS) || name.startsWith(ADMIN_API));
    }

    @Override
    public void writeTo(
            Record result,
            Class<?> type,
            Type generic,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream body)
            throws IOException {
        json.writeValue(body, result);
    }
}
