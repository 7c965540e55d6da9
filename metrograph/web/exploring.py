"""The addresses of the network: the canvas, connections, paths, the whole network, and files."""

from starlette.routing import Route

from metrograph.web.endpoints import late_drawn, late_near


def routes() -> list[Route]:
    """Return the routes: what lies around a record does not wait for drawings of all."""
    return [
        Route("/explore", late_near("explore", "show")),
        Route("/explore/find", late_near("explore", "find")),
        Route("/explore/canvas", late_near("canvas", "show", always=True)),
        Route("/explore/canvas.{form}", late_near("canvas", "saved", always=True)),
        Route("/explore/path", late_drawn("explore", "path")),
        Route("/explore/path.{form}", late_drawn("explore", "path")),
        Route("/explore/picture", late_drawn("explore", "picture")),
        Route("/explore/picture.json", late_drawn("explore", "plotted")),
        Route("/explore/drawing.html", late_near("explore", "alone")),
        Route("/explore/centre", late_drawn("explore", "centre")),
    ]
