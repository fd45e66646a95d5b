package dev.idem.peers.jdempotent;

import com.trendyol.jdempotent.core.model.IdempotentResponseWrapper;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.serializer.GenericJackson2JsonRedisSerializer;
import org.springframework.data.redis.serializer.StringRedisSerializer;

/** The starter knows sentinels only; this leads it to a single Redis, with the same client and the same formats. */
@Configuration
@ConditionalOnProperty(prefix = "jdempotent", name = "enable", havingValue = "true")
public class StandaloneRedis {

    @Bean
    @Primary
    RedisConnectionFactory standalone(org.springframework.core.env.Environment environment) {
        return new LettuceConnectionFactory(
                LettuceConnectionFactory.createRedisConfiguration(environment.getRequiredProperty("REDIS_URL")));
    }

    @Bean
    @Primary
    RedisTemplate<String, IdempotentResponseWrapper> standaloneTemplate(RedisConnectionFactory standalone) {
        RedisTemplate<String, IdempotentResponseWrapper> template = new RedisTemplate<>();
        template.setConnectionFactory(standalone);
        template.setKeySerializer(new StringRedisSerializer());
        template.setDefaultSerializer(new GenericJackson2JsonRedisSerializer());
        return template;
    }
}
