package dev.idem.http.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import dev.idem.http.config.PathConfiguration.PolicyChoice;
import java.io.IOException;

/** A text is a policy's name, an object the policy itself. */
final class PolicyChoiceDeserializer extends JsonDeserializer<PolicyChoice> {

    @Override
    public PolicyChoice deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (parser.hasToken(JsonToken.VALUE_STRING)) {
            return new PolicyChoice.Named(parser.getText());
        }
        if (parser.hasToken(JsonToken.START_OBJECT)) {
            return new PolicyChoice.Written(context.readValue(parser, PolicyConfiguration.class));
        }
        throw JsonMappingException.from(
                parser, "policy must be a name of idempotency.policies, or a policy such as { ttl: 7d }");
    }
}
