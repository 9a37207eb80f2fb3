"""The synthetic Netherlands: invented people and claims that add up to the published figures.

`aanspraak.published` holds the published figures with their source, `aannames.yaml` everything that no source prints.
Nothing that comes out is about a real person, and every set says so in its manifest.
"""
