"""Steps through the versions of a film. Pure."""

from collections.abc import Sequence

from bot.studio.agent.operations import Operation, Redo, Undo, UseVersion
from bot.studio.agent.recipe import Project
from bot.studio.agent.remarks import Remark


def is_step(operation: Operation) -> bool:
    """Whether it goes to another version instead of making one."""
    return isinstance(operation, Undo | Redo | UseVersion)


def stepped(project: Project, steps: Sequence[Operation]) -> tuple[Project, list[Remark]]:
    """Carry out those of the steps that go to another version; an earlier one by number becomes the newest."""
    for step in steps:
        if isinstance(step, Undo):
            # The version before the first film is no film: there is nothing to go back to.
            if not project.past or not project.past[-1].shots:
                return project, [Remark(key="nothing-to-undo")]
            for _ in range(min(step.steps, len(project.past))):
                project = project.undone() if project.past and project.past[-1].shots else project
        elif isinstance(step, Redo):
            project = project.redone()
        elif isinstance(step, UseVersion):
            found = project.versions
            place = step.number - 1 - project.forgotten if step.number > 0 else len(found) + step.number
            if not 0 <= place < len(found):
                return project, [_no_version(project)]
            if found[place] == project.present:
                return project, [Remark(key="same-version", params={"number": str(project.forgotten + place + 1)})]
            project = project.changed(found[place])
    return project, []


def _no_version(project: Project) -> Remark:
    last = project.forgotten + len(project.versions)
    return Remark(key="no-version", params={"first": str(project.forgotten + 1), "last": str(last)})
