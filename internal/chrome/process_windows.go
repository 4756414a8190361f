package chrome

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"unsafe"

	"golang.org/x/sys/windows"
)

// diesWithUs is false: the job object kills Chrome when our handles are
// closed, but nothing says that this happens before Chrome sees its pipe
// close. A hold is therefore never armed here.
const diesWithUs = false

// openEnds makes the two pipes. Windows passes them as inherited handles whose
// numbers Chrome is told (--remote-debugging-io-pipes).
func openEnds() (ends, error) {
	theirIn, ourOut, err := os.Pipe()
	if err != nil {
		return ends{}, err
	}
	ourIn, theirOut, err := os.Pipe()
	if err != nil {
		return ends{}, errors.Join(err, theirIn.Close(), ourOut.Close())
	}
	e := ends{out: ourOut, in: ourIn, theirs: []*os.File{theirIn, theirOut}}
	for _, f := range e.theirs {
		if err := windows.SetHandleInformation(windows.Handle(f.Fd()), windows.HANDLE_FLAG_INHERIT, windows.HANDLE_FLAG_INHERIT); err != nil {
			e.closeTheirs()
			return ends{}, errors.Join(err, ourOut.Close(), ourIn.Close())
		}
	}
	number := func(f *os.File) string { return strconv.FormatUint(uint64(f.Fd()), 10) }
	e.args = []string{"--remote-debugging-io-pipes=" + number(theirIn) + "," + number(theirOut)}
	return e, nil
}

func tie(cmd *exec.Cmd, e ends) {
	cmd.SysProcAttr = &syscall.SysProcAttr{CreationFlags: windows.CREATE_NEW_PROCESS_GROUP}
	for _, f := range e.theirs {
		cmd.SysProcAttr.AdditionalInheritedHandles = append(cmd.SysProcAttr.AdditionalInheritedHandles, syscall.Handle(f.Fd()))
	}
}

// afterStart puts Chrome into a job that ends with our last handle to it, so
// that no browser survives us.
func afterStart(cmd *exec.Cmd) (func() error, error) {
	job, err := windows.CreateJobObject(nil, nil)
	if err != nil {
		return nil, err
	}
	limits := windows.JOBOBJECT_EXTENDED_LIMIT_INFORMATION{
		BasicLimitInformation: windows.JOBOBJECT_BASIC_LIMIT_INFORMATION{LimitFlags: windows.JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE},
	}
	_, err = windows.SetInformationJobObject(job, windows.JobObjectExtendedLimitInformation,
		uintptr(unsafe.Pointer(&limits)), uint32(unsafe.Sizeof(limits)))
	if err == nil {
		err = assign(job, cmd.Process.Pid)
	}
	release := func() error { return windows.CloseHandle(job) }
	if err != nil {
		return nil, errors.Join(err, release())
	}
	return release, nil
}

func assign(job windows.Handle, pid int) error {
	p, err := windows.OpenProcess(windows.PROCESS_SET_QUOTA|windows.PROCESS_TERMINATE, false, uint32(pid))
	if err != nil {
		return err
	}
	return errors.Join(windows.AssignProcessToJobObject(job, p), windows.CloseHandle(p))
}

// killGroup ends the browser's main process; its children follow it, and those
// that do not end with the job.
func killGroup(p *os.Process) { _ = p.Kill() }

func isRoot() bool { return false }

func inUseBy(string) (int, bool) { return 0, false }

// holdFolder locks a data folder for as long as the file is open, so that a
// later run can tell a temporary one from one that a killed run left behind.
func holdFolder(dir string) (*os.File, error) { return holdFile(filepath.Join(dir, folderLock)) }

// holdFile opens a file that is shared with nobody for as long as it is open.
func holdFile(path string) (*os.File, error) {
	name, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return nil, err
	}
	h, err := windows.CreateFile(name, windows.GENERIC_READ|windows.GENERIC_WRITE, 0, nil,
		windows.OPEN_ALWAYS, windows.FILE_ATTRIBUTE_NORMAL, 0)
	if errors.Is(err, windows.ERROR_SHARING_VIOLATION) {
		err = ErrInUse
	}
	if err != nil {
		return nil, err
	}
	return os.NewFile(uintptr(h), path), nil
}
