package dev.idem.service.share;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ShareUrlTest {
    @ParameterizedTest
    @CsvSource({
        "https://www.reddit.com/r/programming/comments/test/, REDDIT",
        "https://redd.it/abc, REDDIT",
        "https://www.tiktok.com/@user/video/123456, TIKTOK",
        "https://vm.tiktok.com/x, TIKTOK",
        "https://twitter.com/a/status/1, TWITTER",
        "https://x.com/a/status/1, TWITTER",
        "https://mobile.x.com:443/a, TWITTER",
        "https://m.youtube.com/watch?v=1, YOUTUBE",
        "https://youtu.be/1, YOUTUBE",
        "HTTPS://WWW.Instagram.COM/p/1, INSTAGRAM"
    })
    void supportedPlatformsAreRecognised(String url, Platform platform) {
        assertThat(ShareUrl.Rule.platformOf(url)).contains(platform);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://www.reddit.com/",
                "https://reddit.com.evil.example/",
                "https://notreddit.com/",
                "https://evil.example/reddit.com",
                "https://reddit.com@evil.example/",
                "https://user:password@reddit.com/",
                "https://www.netflix.com/",
                "https://x.com:8443/",
                "https:///r/x",
                "https://reddit.com /",
                "reddit.com",
                "javascript:alert(1)",
                ""
            })
    void everythingElseIsNot(String url) {
        assertThat(ShareUrl.Rule.platformOf(url)).isEmpty();
    }

    @Test
    void aUrlHasAtMost2048Characters() {
        String longest = "https://x.com/" + "a".repeat(ShareUrl.MAX_LENGTH - 14);

        assertThat(ShareUrl.Rule.platformOf(longest)).isPresent();
        assertThat(ShareUrl.Rule.platformOf(longest + "a")).isEmpty();
    }
}
