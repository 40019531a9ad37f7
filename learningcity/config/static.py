"""Where the site's own files are kept: each under a name that changes with its content."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class OwnFiles(CompressedManifestStaticFilesStorage):
    """Renames also what our own modules import, so that no browser mixes old ones with new; other people's stay as they are."""

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("workspace/*.js", ((r"""(?P<matched>from "(?P<url>\./[a-z-]+\.js)")""", 'from "%(url)s"'),)),
    )
